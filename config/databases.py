"""Turn DATABASE_URL into Django's DATABASES, with the durability each engine needs."""

from typing import Any
from urllib.parse import quote

import environ

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA cache_size=-20000;"
)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one database URL (`sqlite:///path` or `postgres://…`).

    SQLite: WAL, IMMEDIATE transactions (a writer waits at BEGIN instead of failing at its first write).
    PostgreSQL: a connection kept per thread; `synchronous_commit` is on unless the server says otherwise.
    """
    settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    options: dict[str, Any] = settings.setdefault("OPTIONS", {})
    if "sqlite" in settings["ENGINE"]:
        options.update(init_command=SQLITE_PRAGMAS, transaction_mode="IMMEDIATE", timeout=20)
        # pytest-django would otherwise use memory, which a second thread cannot share.
        settings["TEST"] = {"NAME": f"{settings['NAME']}.test"}
        settings["CONN_MAX_AGE"] = None
    else:
        settings["ENGINE"] = "core.postgres"
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
        settings["DISABLE_SERVER_SIDE_CURSORS"] = False
        # Only the queue's statements are prepared: planning one costs ten times what running it does. Compiling
        # them to machine code costs more than it saves.
        options.setdefault("prepare_threshold", 1_000_000_000)
        options.setdefault("options", "-c plan_cache_mode=force_generic_plan -c jit=off")
    return settings


def sqlite_url(path: str) -> str:
    """The URL of an SQLite file at an absolute path."""
    return "sqlite:///" + quote(path)
