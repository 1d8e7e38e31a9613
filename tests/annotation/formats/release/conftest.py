"""The loading libraries read what is on this machine and ask nobody else."""

import os

os.environ.update(
    HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", ARGILLA_TELEMETRY="0", HF_HUB_DISABLE_TELEMETRY="1"
)
