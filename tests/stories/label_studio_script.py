"""What somebody wrote for Label Studio: it knows nothing of Assay. Run as a program of its own.

label_studio_script.py BASE_URL begin KEY            makes a project, imports, prints its number
label_studio_script.py BASE_URL label KEY PROJECT TONES   labels what `next` gives, a tone after the other
label_studio_script.py BASE_URL gold KEY PROJECT     prints what was settled
"""

import json
import sys
from typing import Any

from label_studio_sdk import LabelStudio

CONFIG = """<View>
  <Choices name="tone" toName="text" choice="single" required="true">
    <Choice value="calm"/><Choice value="cross"/>
  </Choices>
  <Labels name="mention" toName="text"><Label value="Place"/></Labels>
  <Text name="text" value="$text"/>
</View>"""
TEXTS = ("Oslo answers late 👩‍⚕️.", "Nobody in Turin replied.", "病房在上海 is full.")
PLACES = ("Oslo", "Turin", "上海")


def units(text: str) -> int:
    """As Label Studio's editor counts."""
    return len(text.encode("utf-16-le")) // 2


def region(text: str, place: str) -> dict[str, Any]:
    """The place where it stands."""
    start = units(text[: text.index(place)])
    value = {"start": start, "end": start + units(place), "text": place, "labels": ["Place"]}
    return {"id": "place", "from_name": "mention", "to_name": "text", "type": "labels", "value": value}


def begin(client: Any) -> None:
    """A project with two answers for each task."""
    project = client.projects.create(
        title="Tones of letters", label_config=CONFIG, maximum_annotations=2, enable_empty_annotation=False
    )
    client.projects.import_tasks(project.id, request=[{"text": text} for text in TEXTS])
    print(project.id)


def label(client: Any, project: str, tones: str) -> None:
    """Answer until nothing is left."""
    for tone in tones.split(","):
        given = client._client_wrapper.httpx_client.request(f"api/projects/{project}/next", method="GET")
        if given.status_code == 404:
            break
        task = given.json()
        text = task["data"]["text"]
        place = next(one for one in PLACES if one in text)
        choice = {"from_name": "tone", "to_name": "text", "type": "choices", "value": {"choices": [tone]}}
        made = client.annotations.create(id=task["id"], result=[choice, region(text, place)], lead_time=4.5)
        print(made.id)


def gold(client: Any, project: str) -> None:
    """Tasks with one annotation each."""
    told = b"".join(client.projects.exports.download_sync(id=int(project), export_type="GOLD"))
    print(json.dumps(json.loads(told)))


if __name__ == "__main__":
    base_url, act, key, *more = sys.argv[1:]
    client: Any = LabelStudio(base_url=base_url, api_key=key)  # type: ignore[no-untyped-call]
    acts: dict[str, Any] = {"begin": begin, "label": label, "gold": gold}
    acts[act](client, *more)
