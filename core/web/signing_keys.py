"""The keys that an organisation signs its releases with: see them, hand them on, make another one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from core import signing
from core.refusals import NotAllowed, NotFound
from core.roles import Capability
from core.web.gate import Inside, in_organisation


@in_organisation()
def signing_keys(inside: Inside) -> HttpResponse:
    """Every key, for who sees releases, also of one project alone."""
    _check_sees(inside)
    keys = list(signing.keys_of(inside.organisation))
    return inside.render("organisations/signing_keys.html", {"keys": keys})


@in_organisation()
def signing_key_file(inside: Inside, signing_key: str) -> HttpResponse:
    """A public key as a file, which `assay verify --key` reads."""
    _check_sees(inside)
    found = signing.keys_of(inside.organisation).filter(key_id=signing_key).first()
    if found is None:
        raise NotFound
    name = f"{found.key_id[:16]}.pem"
    return HttpResponse(
        found.pem,
        content_type="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@in_organisation(Capability.OWN_ORGANISATION)
def rotate_signing_key(inside: Inside) -> HttpResponse:
    """Sign with another key from now on; the first one, where there is none."""
    signing.rotate_key(organisation=inside.organisation, by=inside.user)
    messages.success(
        inside.request,
        gettext("There is a new signing key. Tell its public part to those who verify releases."),
    )
    return redirect("core:signing-keys", inside.organisation.uid)


def _check_sees(inside: Inside) -> None:
    if not signing.may_see_keys(inside.user, inside.organisation):
        raise NotAllowed
