"""`datasets` loads the folder of a format with all of its splits, also where one fills what is empty in another."""

import json
from pathlib import Path
from typing import Any

import pytest
from datasets import load_dataset

from annotation.formats.release.column_types import ColumnType, Many, Struct
from annotation.formats.release.described import DESCRIBED
from annotation.formats.release.loadable import Columns, Loadable
from annotation.formats.release.registry import FORMATS
from tests.annotation.formats.release.fitting import Scene, fitting
from tests.annotation.formats.release.scenes import filed

READ_BY_JSON = {"record", "web_annotation", "prov"}
LOADABLE = [key for key, one in FORMATS.items() if isinstance(one, Loadable)]
ORDERS = [("plain", "full", "plain"), ("full", "plain", "full")]


def test_every_format_of_json_lines_is_loadable_or_is_read_by_json() -> None:
    lines = {key for key, one in FORMATS.items() if one.ending == ".jsonl"}
    assert lines - set(LOADABLE) == READ_BY_JSON
    for key in LOADABLE:
        assert DESCRIBED[key].load == f'load_dataset("RELEASE_DIR/{key}")'


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("key", LOADABLE)
def test_all_splits_load_together_in_whichever_order(
    key: str, order: tuple[str, ...], tmp_path: Path
) -> None:
    format_, splits = FORMATS[key], 0
    for number, scene in enumerate(fitting(format_)):
        folder = tmp_path / str(number)
        written = _released(key, scene, order, folder)
        if not any(written.values()):
            continue  # a release lists neither the files nor the card
        loaded = load_dataset(str(folder / key), cache_dir=str(tmp_path / f"c{number}"))
        assert set(loaded) == {split for split, records in written.items() if records}
        assert isinstance(format_, Loadable)
        columns = format_.columns(scene.view)
        for split in loaded:
            assert loaded[split].column_names == list(columns)
            assert loaded[split].to_list() == [_whole(one, columns) for one in written[split]]
            splits += 1
    assert splits >= len(order)


@pytest.mark.parametrize("key", ["bio", "classification", "openai", "rubric"])
def test_the_json_loader_takes_the_files_with_the_card_s_features(key: str, tmp_path: Path) -> None:
    scene = fitting(FORMATS[key])[0]
    written = _released(key, scene, ORDERS[0], tmp_path)
    features = load_dataset(str(tmp_path / key), cache_dir=str(tmp_path / "c"))["train"].features
    files = {split: str(tmp_path / key / f"{split}.jsonl") for split in reversed(written)}
    loaded = load_dataset("json", data_files=files, features=features, cache_dir=str(tmp_path / "d"))
    assert {split: len(loaded[split]) for split in files} == {split: len(written[split]) for split in files}


def _released(key: str, scene: Scene, order: tuple[str, ...], folder: Path) -> dict[str, list[Any]]:
    """The records of each split; as in a release, one without records has no file, and the card is there once."""
    format_, found = FORMATS[key], dict[str, list[Any]]()
    assert isinstance(format_, Loadable)
    for split, rows in zip(("train", "validation", "test"), order, strict=True):
        path = filed(format_, scene.view, getattr(scene, rows), folder, split)
        found[split] = _records(path, format_.within)
        if not found[split]:
            path.unlink()
    for name, content in format_.companions(scene.view).items():
        (folder / key / name).write_bytes(content)
    return found


def _records(path: Path, within: str) -> list[Any]:
    content = path.read_text("utf-8")
    found = json.loads(content)[within] if within else [json.loads(one) for one in content.split("\n") if one]
    return list(found)


def _whole(given: dict[str, Any] | None, columns: Columns) -> dict[str, Any] | None:
    """A record with None for what it leaves out; nothing stands in it that no column is for."""
    if given is None:
        return None
    assert given.keys() <= columns.keys()
    return {name: _value(given.get(name), type_) for name, type_ in columns.items()}


def _value(given: Any, type_: ColumnType) -> Any:
    if isinstance(type_, Struct):
        return _whole(given, type_.parts)
    if isinstance(type_, Many) and given is not None:
        return [_value(one, type_.of) for one in given]
    return given
