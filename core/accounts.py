"""How allauth signs people up and in here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from core.models import User
from core.preferences import keep_chosen


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody, unless ASSAY_SIGNUP=invited; then only who came with an invitation's link."""
        return bool(settings.ASSAY_SIGNUP == "open" or request.session.get("invitation"))

    def login(self, request: HttpRequest, user: User) -> None:
        """What was chosen before signing in becomes the person's own, on every device."""
        super().login(request, user)
        keep_chosen(user, request.COOKIES)
