"""The page of signing keys."""

from django.test import Client
from django.urls import reverse

from core import signing
from core.models import User
from core.organisations import grant
from core.roles import Role
from tests.cast import World, person


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_who_sees_releases_sees_the_keys_and_an_owner_changes_them(ours: World) -> None:
    address = reverse("core:signing-keys", args=[ours.organisation.uid])
    rotate = reverse("core:signing-key-rotate", args=[ours.organisation.uid])
    assert "There is no key yet" in _as(ours.lead).get(address).content.decode()
    assert _as(ours.people["annotator"]).get(address).status_code == 403
    assert _as(ours.lead).post(rotate).status_code == 403
    assert list(signing.keys_of(ours.organisation)) == []  # looking makes none
    owner = _as(ours.owner)
    assert owner.get(rotate).status_code == 405
    for _time in range(2):
        assert owner.post(rotate)["Location"] == address
    new, old = signing.keys_of(ours.organisation)
    shown = _as(ours.people["auditor"]).get(address).content.decode()
    assert rotate not in shown
    for key in (new, old):
        assert key.public in shown
        assert key.key_id in shown
    assert f"--key {new.public}" in shown
    assert new.private not in shown


def test_somebody_who_sees_one_project_s_releases_sees_the_keys(ours: World) -> None:
    guest = person("guest")
    grant(
        user=guest,
        organisation=ours.organisation,
        role=Role.AUDITOR,
        by=ours.owner,
        project_id=ours.project.pk,
    )
    assert _as(guest).get(reverse("core:signing-keys", args=[ours.organisation.uid])).status_code == 200


def test_a_public_key_is_a_file(ours: World) -> None:
    key = signing.current_key(ours.organisation)
    address = reverse("core:signing-key-file", args=[ours.organisation.uid, key.key_id])
    answer = _as(ours.lead).get(address)
    assert answer.content.decode() == key.pem
    assert answer["Content-Disposition"] == f'attachment; filename="{key.key_id[:16]}.pem"'
    nobody = reverse("core:signing-key-file", args=[ours.organisation.uid, "0" * 64])
    assert _as(ours.lead).get(nobody).status_code == 404
