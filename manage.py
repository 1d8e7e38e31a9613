#!/usr/bin/env python
"""Assay's command line: `python manage.py help` lists the commands."""

import os
import secrets
import sys

KEYLESS = ("replay", "truth", "scratch")
"""Commands that need nothing of the installation: they run before there is a key."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] and sys.argv[1] in KEYLESS:
        os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a sentence for whoever starts Assay, not a traceback
        sys.exit(f"Assay cannot start: {error}")


if __name__ == "__main__":
    main()
