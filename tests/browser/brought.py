"""Items whose files come in a zip."""

import json
from typing import Any

from tests.stories.effort import Effort, said
from tests.zips import packed


def bring_files(effort: Effort, row: dict[str, Any], files: dict[str, bytes]) -> None:
    """One item with its files, as an owner brings it; returns once it is open."""
    owner = effort.person("owner")
    table = (json.dumps(row) + "\n").encode()
    content = packed({"rows.jsonl": table, **files})
    fields = {"source": "Written for the tests"}
    answer = said(owner.post(effort.path("batches"), files={"file": ("set.zip", content)}, data=fields), 201)
    effort.wait_for(owner, f"/api/v1/batches/{answer['id']}", lambda batch: batch["routed_at"], 120)
