"""Home: what waits for this person, role by role."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from annotation.web.home_cards import batch_cards, decide_cards, label_cards, lead_cards
from annotation.web.suspended import asked_of
from core.models import Organisation
from core.roles import Capability
from core.web.page import page, person
from experts.expiry import ending


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Cards of projects with work to label, disputes to decide, projects to watch; or how to begin."""
    user = person(request)
    cards = label_cards(user)
    context = {
        "ending": ending(user, timezone.localdate()),
        "asked": asked_of(user),
        "label": [card for card in cards if not card.missing],
        "locked": [card for card in cards if card.missing],
        "decide": decide_cards(user),
        "lead": lead_cards(user, Capability.SEE_WORK),
        "batches": batch_cards(user),
        "member": Organisation.objects.visible_to(user).exists(),
    }
    return page(request, "home.html", context)
