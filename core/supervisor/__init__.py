"""One command that keeps Assay's processes running on one machine: broker, web server, worker, beat.

`run()` is the way in. `loop.py` knows how to keep any programs running, `programs.py` which programs Assay
consists of, `guard.py` when it must not start.
"""

from core.supervisor.guard import CannotStart
from core.supervisor.start import Options, become, run

__all__ = ["CannotStart", "Options", "become", "run"]
