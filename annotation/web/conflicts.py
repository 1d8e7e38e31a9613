"""My interests: declare one, withdraw one. Nobody else sees them."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotation.stages import interests
from core.refusals import NotFound
from core.web.forms import PageForm
from core.web.page import page, person
from core.web.paging import keyset
from experts.evidence import expert_of
from experts.models import Conflict
from experts.models.conflict import ConflictKind


class ConflictForm(PageForm):
    """One interest."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ConflictKind.choices)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As it is usually written. Legal forms, capitals and punctuation make no difference."),
    )
    identifier = forms.CharField(
        label=_("Identifier"),
        max_length=100,
        required=False,
        help_text=_("A company's number, LEI or unified social credit code, when you know it."),
    )


@login_required
def conflicts(request: HttpRequest) -> HttpResponse:
    """What I have declared, and the form for one more."""
    user = person(request)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.attempt(lambda: interests.declare(expert=expert_of(user), by=user, **form.cleaned_data))
        if made:
            messages.success(request, gettext("Declared. You are offered no item that names it."))
            return redirect("web:conflicts")
    shown = keyset(request, Conflict.objects.visible_to(user), newest_first=True)
    return page(request, "me/conflicts.html", {"form": form, "page": shown}, status=form.status)


@require_POST
@login_required
def withdraw(request: HttpRequest, conflict: str) -> HttpResponse:
    """End one of my interests."""
    user = person(request)
    found = Conflict.objects.visible_to(user).select_related("expert__user").filter(uid=conflict).first()
    if found is None:
        raise NotFound
    interests.withdraw(conflict=found, by=user)
    messages.success(request, gettext("Withdrawn."))
    return redirect("web:conflicts")
