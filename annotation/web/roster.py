"""The experts of an organisation, filtered."""

from django.http import HttpResponse
from django.utils import timezone

from annotation.web.languages import LANGUAGES, language_name, level_name
from core.roles import Capability
from core.web.gate import Inside, in_organisation
from core.web.paging import keyset
from experts.jurisdictions import jurisdiction_name
from experts.models import Expert, Sector
from experts.roster import Wanted, sectors_of
from experts.roster import roster as find


@in_organisation(Capability.SEE_WORK)
def roster(inside: Inside) -> HttpResponse:
    """`?sector=`, `?speciality=`, `?language=`, `?jurisdiction=`, `?qualified=yes|no`; `?after=` turns the page."""
    asked = inside.request.GET
    today = timezone.localdate()
    wanted = Wanted(
        **{name: asked.get(name, "") for name in ("sector", "speciality", "language", "jurisdiction")},
        qualified={"yes": True, "no": False}.get(asked.get("qualified", "")),
    )
    found = find(inside.user, inside.organisation, today, wanted).select_related("user")
    page = keyset(inside.request, found.prefetch_related("sectors"), newest_first=False)
    held = sectors_of(page.rows, inside.organisation, today)
    context = {
        "page": page,
        "rows": [
            (
                one,
                _languages(one),
                [jurisdiction_name(code) for code in one.jurisdictions],
                held.get(one.pk, []),
            )
            for one in page.rows
        ],
        "filtered": wanted != Wanted(),
        "today": today,
        "sectors": Sector.objects.order_by("pk"),
        "languages": LANGUAGES,
    }
    return inside.render("organisations/roster.html", context)


def _languages(expert: Expert) -> list[tuple[str, str]]:
    return [(language_name(one["code"]), level_name(one.get("level", ""))) for one in expert.languages]
