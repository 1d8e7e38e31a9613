"""PDFs and pictures of rows as stored files. Drawing and storing come before the transaction that names them.

Files are written into a folder of the batch and the attempt, which no other attempt writes to. What no row names in the
end is removed by `tidy`, of this attempt and those before it: a later one may still be about to name what it wrote.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from annotation.formats.messages import FormatError
from annotation.formats.pages import has_text
from annotation.formats.schema import Field, FieldKind
from annotation.formats.text import find_unstorable
from annotation.models import Asset, Batch, Item, ItemAsset
from annotation.models.asset import PDF, SIZES
from annotation.stages.ingest.files import Given
from core import faults, jobs
from core.drawing.process import Drawn, draw
from core.drawing.program import Command

PAGES_AT_ONCE = 10
MOST_TEXT = 5_000_000  # characters of a document
MOST_SIDE = 4000  # pixels of a picture
_PARTS = 1 + len(SIZES)  # of a page


@dataclass(frozen=True)
class Kept:
    """A stored file, not in the database yet unless it was there before, and what the item's data says of it."""

    asset: Asset
    data: Mapping[str, Any]

    @property
    def is_scan(self) -> bool:
        """Whether it is a PDF without a text layer."""
        return "pages" in self.data and not has_text(self.data)


class Keeper:
    """Keeps the files of one attempt at one batch."""

    def __init__(self, batch: Batch, running: jobs.Running) -> None:
        self._batch = batch
        self._running = running
        self._span = (0, 0, 0)
        self._latest: dict[str, Kept] = {}  # of this chunk: rows that name the same file

    def expect(self, begin: int, end: int, total: int) -> None:
        """What follows takes the job's progress from `begin` to `end`, of `total`."""
        self._span = (begin, end, total)

    def _step(self, share: float) -> None:
        """Tell how far a long document is, and hear whether to stop.

        Never less than was told before: only a job that gets further than any attempt got is no failing one.
        """
        begin, end, total = self._span
        done = max(self._running.job.done, begin + int((end - begin) * share))
        with transaction.atomic():
            self._running.step(done=done, total=total)

    def forget(self) -> None:
        """What was kept is in the database now."""
        self._latest.clear()

    def keep(self, field: Field, given: Given) -> Kept:
        """Store a file and say what the item's data holds of it. Raises FormatError, LeaseLost, Stopped."""
        origin = _hash_of(given.file)
        kept = self._latest.get(f"{field.kind}{origin}") or self._before(field, origin, given)
        if kept is None:
            is_pdf = field.kind is FieldKind.PAGES
            kept = self._pdf(given, origin) if is_pdf else self._picture(given, origin)
            faults.point("ingest.file_kept")
        self._latest[f"{field.kind}{origin}"] = kept
        return Kept(kept.asset, {**kept.data, "name": given.name})

    def _before(self, field: Field, origin: str, given: Given) -> Kept | None:
        """The same file, brought in earlier by any batch of the project: not drawn again."""
        same = Asset.objects.filter(project=self._batch.project_id, origin=origin)
        is_pdf = field.kind is FieldKind.PAGES
        found = (same.filter(media_type=PDF) if is_pdf else same.exclude(media_type=PDF)).first()
        if found is None:
            return None
        if not is_pdf:
            return Kept(found, _picture_data(found))
        return Kept(
            found, _pdf_data(found, [_stored_page(found, page) for page in range(1, found.pages + 1)])
        )

    def _pdf(self, given: Given, origin: str) -> Kept:
        asset = self._new(origin, origin, PDF)
        pages: list[dict[str, Any]] = []
        total = 1
        while len(pages) < total:
            self._step(len(pages) / total)
            drawn = draw(
                Command.PAGES, given.file, len(pages), PAGES_AT_ONCE, seconds=settings.ASSAY_DRAW_SECONDS
            )
            total, before = _page_count(drawn, given, len(pages)), len(pages)
            for facts, *pictures in _by_page(drawn):
                pages.append(self._store_page(asset, len(pages) + 1, facts, pictures))
            if len(pages) == before:  # the time was this page's alone: else the next round begins with it
                raise _refused("pdf_page_too_much", given, page=len(pages) + 1)
            if sum(len(page["text"]) for page in pages) > MOST_TEXT:
                raise _refused("pdf_text_too_long", given, limit=MOST_TEXT)
        asset.pages = len(pages)
        asset.size = given.file.seek(0, 2)
        given.file.seek(0)
        default_storage.save(asset.path, File(given.file))
        return Kept(asset, _pdf_data(asset, pages))

    def _store_page(
        self, asset: Asset, number: int, encoded: bytes, pictures: Iterable[bytes]
    ) -> dict[str, Any]:
        page = _page(json.loads(encoded))
        default_storage.save(asset.text_path(number), ContentFile(gzip.compress(_json(page), mtime=0)))
        for size, picture in zip(SIZES, pictures, strict=True):
            default_storage.save(asset.picture_path(number, size), ContentFile(picture))
        return {name: page[name] for name in ("width", "height", "text")}

    def _picture(self, given: Given, origin: str) -> Kept:
        most = settings.ASSAY_IMAGE_PIXELS
        drawn = draw(Command.PICTURE, given.file, most, MOST_SIDE, seconds=settings.ASSAY_DRAW_SECONDS)
        if drawn.broken:
            raise _refused("image_broken", given)
        if not drawn.whole or len(drawn.parts) < 2:
            raise _refused("image_too_large", given, limit=most)
        facts, content = json.loads(drawn.parts[0]), drawn.parts[1]
        asset = self._new(hashlib.sha256(content).hexdigest(), origin, facts["type"])
        asset.width, asset.height, asset.size = facts["width"], facts["height"], len(content)
        default_storage.save(asset.path, ContentFile(content))
        return Kept(asset, _picture_data(asset))

    def _new(self, sha256: str, origin: str, media_type: str) -> Asset:
        folder = f"{_folder(self._batch)}/{self._running.token}-{sha256[:20]}"
        return Asset(
            project_id=self._batch.project_id,
            sha256=sha256,
            origin=origin,
            media_type=media_type,
            folder=folder,
        )


def store_assets(batch: Batch, assets: Mapping[int, Iterable[Asset]]) -> None:
    """Write down the files of a chunk's items, by the item's offset, in the chunk's transaction."""
    shown = {asset.sha256: asset for kept in assets.values() for asset in kept}
    if not shown:
        return
    Asset.objects.bulk_create([asset for asset in shown.values() if asset.pk is None], ignore_conflicts=True)
    ids = dict(Asset.objects.filter(project=batch.project_id, sha256__in=shown).values_list("sha256", "pk"))
    items = dict(Item.objects.filter(batch=batch, offset__in=assets).values_list("offset", "pk"))
    ItemAsset.objects.bulk_create(
        [
            ItemAsset(item_id=items[offset], asset_id=pk)
            for offset, kept in assets.items()
            if offset in items
            for pk in {ids[asset.sha256] for asset in kept}
        ],
        ignore_conflicts=True,
    )


def tidy(batch: Batch, token: int) -> None:
    """Remove what this attempt or an earlier one stored and no row names: refused files, lost races, killed workers."""
    base = _folder(batch)
    try:
        folders, _files = default_storage.listdir(base)
    except (FileNotFoundError, NotADirectoryError):
        return
    ours = {f"{base}/{name}" for name in folders if _attempt(name) <= token}
    named = set(Asset.objects.filter(folder__in=ours).values_list("folder", flat=True))
    for folder in sorted(ours - named):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def _attempt(folder: str) -> int:
    return int(folder.split("-", 1)[0])


def _folder(batch: Batch) -> str:
    return f"assets/{batch.project.uid}/{batch.uid}"


def _refused(code: str, given: Given, **params: Any) -> FormatError:
    return FormatError(code, {"name": given.name or "data:", **params})


def _page_count(drawn: Drawn, given: Given, known: int) -> int:
    """How many pages the document has. Raises FormatError where it cannot be an item."""
    if drawn.locked:
        raise _refused("pdf_locked", given)
    if drawn.broken:
        raise _refused("pdf_broken", given)
    if not drawn.parts:
        raise _refused("pdf_page_too_much", given, page=known + 1)
    total = int(json.loads(drawn.parts[0]))
    if not total:
        raise _refused("pdf_empty", given)
    if total > settings.ASSAY_PDF_PAGES:
        raise _refused("pdf_too_long", given, count=total, limit=settings.ASSAY_PDF_PAGES)
    return total


def _by_page(drawn: Drawn) -> Iterable[list[bytes]]:
    parts = drawn.parts[1:]
    whole = len(parts) - len(parts) % _PARTS
    return (parts[at : at + _PARTS] for at in range(0, whole, _PARTS))


def _page(facts: Any) -> dict[str, Any]:
    """What the program said of a page, as far as it is what it should be: it read what a stranger made."""
    text = str(facts["text"]).replace("\f", " ")
    if find_unstorable(text):
        text = ""
    width, height = float(facts["width"]), float(facts["height"])
    return {"width": width, "height": height, "text": text, "runs": facts["runs"] if text else []}


def _json(page: Mapping[str, Any]) -> bytes:
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()


def _stored_page(asset: Asset, number: int) -> dict[str, Any]:
    with default_storage.open(asset.text_path(number)) as file:
        page = json.loads(gzip.decompress(file.read()))
    return {name: page[name] for name in ("width", "height", "text")}


def _pdf_data(asset: Asset, pages: list[dict[str, Any]]) -> dict[str, Any]:
    return {"asset": asset.sha256, "name": "", "pages": pages}


def _picture_data(asset: Asset) -> dict[str, Any]:
    return {"asset": asset.sha256, "name": "", "width": asset.width, "height": asset.height}


def _hash_of(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 20):
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
