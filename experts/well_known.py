"""Load the sectors and credential kinds that ship as data (`experts/data/*.json`)."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def load(sector_model: Any, kind_model: Any) -> None:
    """Add or update every sector and credential kind. Models are passed in, so that migrations can call this."""
    for row in json.loads((DATA / "sectors.json").read_text("utf-8")):
        values = {"names": row["name"], "needs_deidentification": row["needs_deidentification"]}
        sector_model.objects.update_or_create(key=row["key"], defaults=values)
    load_kinds(json.loads((DATA / "credential_kinds.json").read_text("utf-8")), sector_model, kind_model)


def load_kinds(rows: Iterable[dict[str, Any]], sector_model: Any, kind_model: Any) -> int:
    """Add or update kinds, as `experts/kind_rows.py` describes them. Returns how many."""
    sectors = {sector.key: sector for sector in sector_model.objects.all()}
    # The first migration's model has fewer columns than the data.
    columns = {field.name for field in kind_model._meta.get_fields()}
    stored = 0
    for row in rows:
        values = {
            "sector": sectors[row["sector"]],
            "names": row["name"],
            "credential_class": row["credential_class"],
            "class_names": row.get("class_name", {}),
            "category": row["category"],
            "issuers": row.get("issuers", []),
            "jurisdictions": row.get("jurisdictions", []),
            "expires": row.get("expires", True),
            "number_formats": row.get("number_formats", []),
        }
        known = {name: value for name, value in values.items() if name in columns}
        kind_model.objects.update_or_create(key=row["key"], defaults=known)
        stored += 1
    return stored
