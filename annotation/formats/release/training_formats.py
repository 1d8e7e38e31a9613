"""The formats that trainers of language models read, in the order in which people are offered them."""

from __future__ import annotations

from annotation.formats.release.format import Format

TRAINING: tuple[Format, ...] = ()
