"""One run at a time: two that carry the same things to one place would not see what the other has just brought."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _


@contextmanager
def alone(place: str) -> Iterator[None]:
    """Hold a place on this installation's folder; the lock goes with the process, however it ends.

    Raises CommandError while another run holds it.
    """
    folder = settings.ASSAY_HOME / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(place.encode()).hexdigest()[:16]
    with open(folder / f"carrying-{name}.lock", "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            words = _("Another run carries projects to or from %(place)s. Start again when it has ended.")
            raise CommandError(words % {"place": place}) from error
        yield
