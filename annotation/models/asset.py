"""A file that items show: a PDF with pictures of its pages, or a picture. Named by the hash of what is stored."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from annotation.models.adjudication import Dispute
from annotation.models.batch import Batch
from annotation.models.item import Item
from annotation.models.project import Project
from core.roles import Capability

if TYPE_CHECKING:
    from core.models import User

PDF = "application/pdf"
_ENDINGS = {PDF: "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, user: "User") -> "AssetQuerySet":
        """Where one sees the project's work, or brought in an item that shows it; who knows its name sees it no sooner.

        What is shown to who judges an item is asked by `asset_reading`. Only the items that show a file are looked at,
        never all that the person may see.
        """
        brought = _showing().filter(item__batch__in=Batch.objects.visible_to(user).values("pk"))
        return self.filter(
            Q(Exists(_showing()), project__in=_where(user, Capability.SEE_WORK))
            | Q(Exists(brought), project__in=_where(user, Capability.BRING_BATCHES))
        )

    def disputed_before(self, user: "User") -> "AssetQuerySet":
        """Of items about which the person, as who decides, may see a dispute."""
        disputes = Dispute.objects.visible_to(user).filter(item=OuterRef("item"))
        shown = Exists(_showing().filter(Exists(disputes)))
        return self.filter(shown, project__in=_where(user, Capability.ADJUDICATE))


def _showing() -> "models.QuerySet[ItemAsset]":
    return ItemAsset.objects.filter(asset=OuterRef("pk"))


def _where(user: "User", capability: Capability) -> Any:
    return Project.objects.where(user, capability).values("pk")


class Asset(models.Model):
    """`sha256` is of the stored file and names it in items' data; `origin` of the file that was brought in.

    `folder` holds the file and, of a PDF, for each page two pictures and its text with the places of its characters
    (`core.drawing.text_layer`). It is written before the row, under a name of its own, and never changed.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assets", db_index=False)
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    folder = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AssetQuerySet] = AssetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "sha256"], name="a_file_once_a_project"),)
        indexes = (
            models.Index(fields=["sha256"], name="asset_by_hash"),
            models.Index(fields=["project", "origin"], name="asset_by_origin"),
        )

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def file_name(self) -> str:
        """What the file is called in a release, and when it is saved."""
        return f"{self.sha256}.{_ENDINGS[self.media_type]}"

    @property
    def path(self) -> str:
        """Where the file stands in the storage."""
        return f"{self.folder}/{self.file_name}"

    def picture_path(self, page: int, size: str) -> str:
        """Where the picture of a page stands; `size` is one of SIZES, pages count from 1."""
        return f"{self.folder}/{page}-{size}.webp"

    def text_path(self, page: int) -> str:
        """Where the text of a page stands, with its places: JSON, compressed."""
        return f"{self.folder}/{page}.json.gz"


SIZES = ("large", "small")
"""Pictures of a page: at most 1600 and at most 800 pixels wide."""


class ItemAsset(models.Model):
    """An item shows a file. Who may see one of its items may see a file."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="assets", db_index=False)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="items")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "asset"], name="a_file_once_an_item"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.asset_id}"
