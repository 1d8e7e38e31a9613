"""The official client exchanges a personal access token by itself, against a whole Assay."""

from typing import Any

import pytest
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from tests.stories.effort import Effort
from tests.stories.founding import Founding
from tests.support.stack import Stack

pytestmark = pytest.mark.stack
CONFIG = '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="x"/></Choices></View>'


def client_of(stack: Stack, key: str) -> Any:
    """Label Studio's own client, with a key of either kind."""
    return LabelStudio(base_url=stack.url, api_key=key)  # type: ignore[no-untyped-call]


def test_the_client_refreshes_lists_rotates_and_ends_tokens(stack: Stack) -> None:
    effort = Effort(
        stack,
        Founding(title="Called by the client", sector="legal", people={"ann": "annotator"}, config=CONFIG),
    )
    ann = effort.quick_person("ann")
    key = ann.get("/api/current-user/token").json()["token"]
    by_key = client_of(stack, key)
    token = by_key.tokens.create().token
    assert token

    by_token = client_of(stack, token)
    (listed,) = by_token.tokens.list()
    assert token.startswith(f"{listed.token}.")
    with pytest.raises(ApiError) as again:
        by_token.tokens.create(request_options={"max_retries": 0})
    assert again.value.status_code == 409

    following = by_token.tokens.rotate(refresh=token).refresh
    with pytest.raises(ApiError) as ended:
        client_of(stack, token).tokens.list()
    assert ended.value.status_code == 401
    by_key.tokens.blacklist(refresh=following)
    assert by_key.tokens.list() == []

    with pytest.raises(ApiError) as wrong:
        client_of(stack, "0" * 40).tokens.list()
    assert wrong.value.status_code == 401


def test_the_client_reads_and_changes_which_keys_are_allowed(stack: Stack) -> None:
    effort = Effort(stack, Founding(title="Rules of keys", sector="legal", people={}, config=CONFIG))
    key = effort.quick_person("owner").get("/api/current-user/token").json()["token"]
    client = client_of(stack, key)
    assert client.jwt_settings.get().api_token_ttl_days == 365
    changed = client.jwt_settings.update(api_token_ttl_days=30)
    assert (changed.api_token_ttl_days, changed.legacy_api_tokens_enabled) == (30, True)
