"""A webhook of the world's project, whose receiver runs on loopback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.core.outbound.servers import Server, says, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annotation.models import Webhook
    from tests.cast import World

__all__: list[str] = []


@pytest.fixture(autouse=True)
def open_to_loopback(settings: Any) -> None:
    settings.ASSAY_OUTBOUND_ALLOW = ["127.0.0.1"]


@pytest.fixture
def receiver() -> Iterator[Server]:
    """Says 200 to everything."""
    with serving(says(200)) as server:
        yield server


@pytest.fixture
def hook(ours: World) -> Callable[..., Webhook]:
    """`hook(url, **settings)` makes one of the project; `project=None`: of the organisation."""
    from annotation.stages.webhooks import editing

    def make(url: str, **settings: Any) -> Webhook:
        values = {"project": ours.project, **settings}
        return editing.create_webhook(organisation=ours.organisation, by=ours.lead, url=url, **values)

    return make
