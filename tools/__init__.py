"""Set up, run, test and lint a clone. Standard library only: these run before anything is installed."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Assay needs Python 3.11, 3.12 or 3.13; this is %d.%d (%s). Name another: make PYTHON=python3.12"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
