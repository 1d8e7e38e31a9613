"""`python -m core.supervisor HOME OPTIONS`: the supervisor by itself; `manage.py up` becomes it.

It lives as long as Assay does and only looks on: without Django's apps it takes 14 MB instead of 62.
"""

import json
import sys
from pathlib import Path

from django.conf import settings

from core.supervisor import CannotStart, Options, run

if __name__ == "__main__":
    settings.configure(USE_I18N=False)  # commands speak English
    try:
        run(Path(sys.argv[1]), Options(**json.loads(sys.argv[2])))
    except CannotStart as error:
        sys.exit(f"CommandError: {error}")
