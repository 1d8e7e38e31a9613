"""The table of licences: what may be released under what, as the published charts say."""

import json

import pytest

from annotation.formats.release.licences import TABLE, compatible, known, licences

YES = [
    # Creative Commons' chart of adapter's licences, version 4.0
    *(("CC0-1.0", to) for to in ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0")),
    *(("CC-BY-4.0", to) for to in ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0")),
    *(("CC-BY-4.0", to) for to in ("CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0")),
    *(("CC-BY-NC-4.0", to) for to in ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-NC-ND-4.0")),
    ("CC-BY-SA-4.0", "CC-BY-SA-4.0"),
    ("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0"),
    # a later version of the same licence, and the licences named compatible with BY-SA 4.0
    ("CC-BY-SA-3.0", "CC-BY-SA-4.0"),
    ("CC-BY-SA-4.0", "GPL-3.0-only"),
    ("CC-BY-SA-4.0", "LAL-1.3"),
    # open data
    ("PDDL-1.0", "CC0-1.0"),
    ("LicenseRef-US-Government-Work", "CC0-1.0"),
    ("ODC-By-1.0", "CC-BY-4.0"),
    ("ODbL-1.0", "ODbL-1.0"),
    ("OGL-UK-3.0", "CC-BY-4.0"),
    ("etalab-2.0", "ODC-By-1.0"),
    ("CDLA-Permissive-2.0", "CC-BY-4.0"),
    ("MIT", "Apache-2.0"),
    ("LicenseRef-Proprietary", "LicenseRef-Proprietary"),
]
NO = [
    ("CC-BY-4.0", "CC0-1.0", "attribution"),
    ("MIT", "CC0-1.0", "attribution"),
    ("ODC-By-1.0", "PDDL-1.0", "attribution"),
    ("CC-BY-NC-4.0", "CC-BY-4.0", "noncommercial"),
    ("CC-BY-NC-4.0", "CC-BY-SA-4.0", "noncommercial"),
    ("CC-BY-NC-4.0", "LicenseRef-Proprietary", "noncommercial"),
    ("CC-BY-SA-4.0", "CC-BY-4.0", "sharealike"),
    ("CC-BY-SA-4.0", "CC-BY-SA-3.0", "sharealike"),
    ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "sharealike"),
    ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", "sharealike"),
    ("GPL-3.0-only", "CC-BY-SA-4.0", "sharealike"),
    ("ODbL-1.0", "CC-BY-4.0", "sharealike"),
    ("CDLA-Sharing-1.0", "CDLA-Permissive-2.0", "sharealike"),
    ("LicenseRef-Proprietary", "CC-BY-4.0", "sharealike"),
    *(("CC-BY-ND-4.0", to, "noderivatives") for to in ("CC-BY-4.0", "CC-BY-ND-4.0", "CC0-1.0")),
    ("CC-BY-NC-ND-4.0", "CC-BY-NC-ND-4.0", "noderivatives"),
    ("as found on the web", "CC-BY-4.0", "unknown"),
    ("CC BY", "CC-BY-4.0", "unknown"),  # of which version?
    ("CC-BY-4.0 OR MIT", "MIT", "unknown"),
    *((given, "CC-BY-4.0", "unknown") for given in ("CC-BY-4.0+", "CC BY 4.0 +", "cc-by-4.0\uff0b")),
    ("MIT", "MIT+", "unknown"),
    ("MIT", "free for friends", "unknown"),
    ("", "CC-BY-4.0", "nothing"),
    ("  ", "CC-BY-4.0", "nothing"),
]


@pytest.mark.parametrize(("source", "release"), YES)
def test_what_is_allowed(source: str, release: str) -> None:
    verdict = compatible(source, release)
    assert (verdict.yes, verdict.because, verdict.source) == (True, "fits", source)


@pytest.mark.parametrize(("source", "release", "because"), NO)
def test_what_is_refused_and_why(source: str, release: str, because: str) -> None:
    verdict = compatible(source, release)
    assert (verdict.yes, verdict.because, verdict.requires) == (False, because, ())


def test_what_a_release_then_owes() -> None:
    assert compatible("CC0-1.0", "CC-BY-4.0").requires == ()
    assert compatible("CC-BY-4.0", "CC-BY-SA-4.0").requires == ("attribution",)
    assert compatible("CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0").requires == (
        "attribution",
        "noncommercial",
        "sharealike",
    )


def test_a_statement_of_rights_is_read_by_people_unless_the_release_is_not_public() -> None:
    said = "The bank owns these texts and lets us use them."
    assert compatible(said, "CC-BY-4.0", statement=True).because == "statement"
    assert compatible(said, "internal use only", statement=True).yes
    assert not compatible(said, "internal use only").yes
    assert compatible("CC-BY-4.0", "CC-BY-4.0", statement=True).yes  # it says no more than a licence's name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("Creative Commons Attribution-ShareAlike 4.0 International License", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution Non Commercial Share Alike 4.0", "CC-BY-NC-SA-4.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ("http://creativecommons.org/licenses/by-nd/4.0/deed.en", "CC-BY-ND-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("cc0", "CC0-1.0"),
        ("\uff23\uff230", "CC0-1.0"),
        ("Public Domain", "CC-PDM-1.0"),
        ("US Government Work", "LicenseRef-US-Government-Work"),
        ("The MIT License", "MIT"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("odbl", "ODbL-1.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("Licence Ouverte / Open Licence 2.0", "etalab-2.0"),
        ("All rights reserved.", "LicenseRef-Proprietary"),
    ],
)
def test_names_that_people_write(written: str, meant: str) -> None:
    found = known(written)
    assert found is not None
    assert found.id == meant


def test_every_row_says_where_it_was_read_and_names_only_rows_that_there_are() -> None:
    every = licences()
    ids = {one.id for one in every}
    assert len(ids) == len(json.loads(TABLE.read_text("utf-8"))["licences"]) >= 50
    for one in every:
        assert one.read, one.id
        assert all(address.startswith("https://") for address in one.read)
        assert set(one.sharealike) <= ids
        assert known(one.name) == known(one.id) == one


def test_what_may_be_released_under_itself() -> None:
    """All but what forbids adaptations."""
    for one in licences():
        assert compatible(one.id, one.id).yes is not one.noderivatives, one.id
