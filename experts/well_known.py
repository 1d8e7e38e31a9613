"""Load the sectors and credential kinds that ship as data (`experts/data/*.json`)."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def load(sector_model: Any, kind_model: Any) -> None:
    """Add or update every sector and credential kind. Models are passed in, so that migrations can call this."""
    sectors = {}
    for row in json.loads((DATA / "sectors.json").read_text("utf-8")):
        values = {"names": row["name"], "needs_deidentification": row["needs_deidentification"]}
        sectors[row["key"]] = sector_model.objects.update_or_create(key=row["key"], defaults=values)[0]
    for row in json.loads((DATA / "credential_kinds.json").read_text("utf-8")):
        values = {
            "sector": sectors[row["sector"]],
            "names": row["name"],
            "credential_class": row["credential_class"],
        }
        kind_model.objects.update_or_create(key=row["key"], defaults=values)
