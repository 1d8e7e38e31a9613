"""What a full measurement finds of spans stands on the lead's pages."""

from django.db import transaction
from django.urls import reverse

from annotation.models import Agreement, noting
from annotation.models.scopes import SPANS
from tests.annotation.web.conftest import As
from tests.cast import Scene, drain


def test_measures_of_spans_stand_on_the_dashboard_and_the_overview(ours: Scene, as_: As) -> None:
    with transaction.atomic():
        noting.measure_soon(ours.project)
    drain()
    rows = Agreement.objects.filter(project=ours.project, scope=SPANS, current=True)
    assert {"span_f1_relaxed", "u_alpha", "gamma", "alpha_u"} <= set(rows.values_list("measure", flat=True))
    rows.filter(measure="u_alpha").update(value=0.625, low=0.5, high=0.75, reason="", items=120)

    page = as_("lead").get(reverse("web:dashboard", args=[ours.project.uid, "agreement"]))
    found = {(one.key, one.question): one for one in page.context["figures"]}["spans", "span"]
    said = {(row.cells[0].raw, row.cells[1].raw): row.cells[2].raw for row in found.rows}
    assert said["u_alpha", ""] == 0.625
    assert ("alpha_u", "Party") in said
    assert "once a day" in found.notes[-1]

    overview = as_("lead").get(reverse("web:project-agreement", args=[ours.project.uid])).content.decode()
    assert "u-alpha: units and labels" in overview
    assert "0.625" in overview
