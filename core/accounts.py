"""How allauth signs people up here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody, unless ASSAY_SIGNUP=invited; then only who came with an invitation's link."""
        return bool(settings.ASSAY_SIGNUP == "open" or request.session.get("invitation"))
