"""Folders of a release that the pipeline made load with `datasets`: of one file a split, and of several."""

from pathlib import Path

import pytest
from datasets import load_dataset

from annotation.formats.release.loadable import CARD, Loadable
from annotation.formats.release.registry import FORMATS
from annotation.models.release_outlook import misfits_now
from annotation.stages.release import folder_of, freezing, request_release
from assay.reading import source
from assay.verdict import UNKNOWN
from assay.verify import verify
from tests import cast
from tests.annotation.stages.release_scene import done, kept, played
from tests.cast import World

__all__ = ["done", "kept", "played"]


@pytest.mark.parametrize("size", [100, 3])
def test_each_folder_loads_in_one_line(
    done: World, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "PART_ROWS", size)
    unfit = misfits_now(done.project)
    keys = [key for key, one in FORMATS.items() if isinstance(one, Loadable) and key not in unfit]
    assert {"classification", "bio", "squad"} <= set(keys)
    made = request_release(project=done.project, by=done.lead, formats=keys)
    cast.drain()
    made.refresh_from_db()
    listed = {file.path: file for file in made.files.all()}
    for key in keys:
        assert listed[f"{key}/{CARD}"].rows == 0
        records = sum(file.rows for path, file in listed.items() if path.startswith(f"{key}/"))
        loaded = load_dataset(str(folder_of(made) / key), cache_dir=str(tmp_path / key))
        held = sum(map(len, loaded.values()))
        if key == "squad":  # which counts questions
            held = sum(len(part["qas"]) for one in loaded["train"] for part in one["paragraphs"])
        assert (list(loaded), held) == (["train"], records), key
    assert verify(source(folder_of(made)), {}).state == UNKNOWN
