"""Account and organisation pages."""

from django.urls import path

from core.web import invitation, keys, organisations, people, preferences, signing_keys, trail

app_name = "core"
urlpatterns = [
    path("language", preferences.language, name="language"),
    path("theme", preferences.theme, name="theme"),
    path("name", preferences.name, name="name"),
    path("me/keys", keys.keys, name="keys"),
    path("me/keys/legacy/reset", keys.reset_legacy_key, name="legacy-key-reset"),
    path("me/keys/token/make", keys.make_token, name="token-make"),
    path("me/keys/token/revoke", keys.revoke_token, name="token-revoke"),
    path("invitations/<str:token>/", invitation.invitation, name="invitation"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new", organisations.new, name="organisation-new"),
    path("organisations/<slug:organisation>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:organisation>/settings", organisations.settings, name="organisation-settings"),
    path("organisations/<slug:organisation>/invitations", people.invitations, name="invitations"),
    path("organisations/<slug:organisation>/settings/keys", organisations.key_policy, name="key-policy"),
    path(
        "organisations/<slug:organisation>/invitations/<slug:invitation>/revoke",
        people.revoke_invitation,
        name="invitation-revoke",
    ),
    path(
        "organisations/<slug:organisation>/people/<slug:membership>/role",
        people.change_role,
        name="member-role",
    ),
    path(
        "organisations/<slug:organisation>/people/<slug:membership>/end",
        people.end_membership,
        name="member-end",
    ),
    path("organisations/<slug:organisation>/signing-keys", signing_keys.signing_keys, name="signing-keys"),
    path(
        "organisations/<slug:organisation>/signing-keys/rotate",
        signing_keys.rotate_signing_key,
        name="signing-key-rotate",
    ),
    path(
        "organisations/<slug:organisation>/signing-keys/<slug:signing_key>/pem",
        signing_keys.signing_key_file,
        name="signing-key-file",
    ),
    path("organisations/<slug:organisation>/audit", trail.organisation_trail, name="organisation-audit"),
]
