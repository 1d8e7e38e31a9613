"""Account and organisation pages."""

from django.urls import path

from core.web import invitation, organisations, people, preferences, trail

app_name = "core"
urlpatterns = [
    path("language", preferences.language, name="language"),
    path("theme", preferences.theme, name="theme"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new", organisations.new, name="organisation-new"),
    path("organisations/<str:organisation>/", organisations.organisation, name="organisation"),
    path("organisations/<str:organisation>/settings", organisations.settings, name="organisation-settings"),
    path("organisations/<str:organisation>/invitations", people.invitations, name="invitations"),
    path(
        "organisations/<str:organisation>/invitations/<str:invitation>/revoke",
        people.revoke_invitation,
        name="invitation-revoke",
    ),
    path("organisations/<str:organisation>/people/<str:membership>/role", people.change_role, name="member-role"),
    path("organisations/<str:organisation>/people/<str:membership>/end", people.end_membership, name="member-end"),
    path("organisations/<str:organisation>/audit", trail.organisation_trail, name="organisation-audit"),
]
