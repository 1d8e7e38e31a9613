"""What is done by the clock, and how the broker is reached: read by the settings, and by beat, which has no Django."""

from typing import Any

DEFAULT_BROKER = "redis://127.0.0.1:6379/0"
BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "max_retries": 0,
}
SCHEDULE: dict[str, Any] = {
    # `expires`: while no worker listens, sweeps must not pile up behind one another.
    "expire": {"task": "annotation.expire", "schedule": 3600.0, "options": {"expires": 3600}},
    "sweep": {"task": "annotation.sweep", "schedule": 1.0, "options": {"expires": 2}},
}
