"""Webhooks of a project: the list, one with what it was told, and what can be done with it."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from annotation.models import Webhook, WebhookDelivery
from annotation.models.webhook_action import action_name
from annotation.models.webhook_delivery import DeliveryState
from annotation.stages.webhooks import editing
from annotation.web.gate import Here, in_project
from annotation.web.projects.webhook_form import WebhookForm, initial
from core.refusals import NotFound
from core.roles import Capability
from core.web.paging import keyset

_MADE = "webhook_made"  # in the session: whose secret is shown at the next look, once


@in_project(Capability.LEAD_PROJECT)
def webhooks(here: Here) -> HttpResponse:
    """The list; POST makes one."""
    form = WebhookForm(here.request.POST or None, initial=initial(None))
    if here.request.method == "POST" and form.is_valid():
        made = form.attempt(
            lambda: editing.create_webhook(
                organisation=here.project.organisation,
                project=here.project,
                by=here.user,
                **form.cleaned_data,
            )
        )
        if made:
            here.request.session[_MADE] = made.uid
            messages.success(here.request, gettext("The webhook is made."))
            return redirect("web:webhook", here.project.uid, made.uid)
    last = WebhookDelivery.objects.filter(webhook=OuterRef("pk")).order_by("-pk")
    rows = Webhook.objects.filter(project=here.project).annotate(
        last_state=Subquery(last.values("state")[:1]), last_at=Subquery(last.values("created_at")[:1])
    )
    context = {
        "form": form,
        "rows": list(rows.order_by("pk")),
        "wider": Webhook.objects.filter(organisation=here.project.organisation_id, project=None).count(),
    }
    return here.render("projects/webhooks.html", context, status=form.status)


@in_project(Capability.LEAD_PROJECT)
def webhook(here: Here, hook: str) -> HttpResponse:
    """One of them and what it was told, the newest first; POST changes it."""
    found = _webhook(here, hook)
    form = WebhookForm(here.request.POST or None, initial=initial(found))
    if here.request.method == "POST" and form.is_valid():
        form.attempt(lambda: editing.change_webhook(webhook=found, by=here.user, **form.cleaned_data))
        if form.is_valid():
            messages.success(here.request, gettext("Saved."))
            return redirect("web:webhook", here.project.uid, hook)
    page = keyset(here.request, WebhookDelivery.objects.filter(webhook=found).defer("body"), size=20)
    is_new = here.request.session.get(_MADE) == hook
    if is_new:
        del here.request.session[_MADE]
    context = {
        "form": form,
        "webhook": found,
        "page": page,
        "rows": [(one, action_name(one.action)) for one in page.rows],
        "awaits": any(one.state == DeliveryState.WAITING and not one.attempts for one in page.rows),
        "secret": found.secret if is_new else "",
    }
    return here.render("projects/webhook.html", context, status=form.status)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def test(here: Here, hook: str) -> HttpResponse:
    """Send it something that says that it is a test."""
    editing.send_test(webhook=_webhook(here, hook), by=here.user)
    messages.success(here.request, gettext("A test is on its way: what comes of it is shown below."))
    return redirect("web:webhook", here.project.uid, hook)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def switch(here: Here, hook: str) -> HttpResponse:
    """Off where it is on, and on where it is off, as the button said."""
    is_active = here.request.POST.get("on") == "yes"
    editing.change_webhook(webhook=_webhook(here, hook), by=here.user, is_active=is_active)
    messages.success(
        here.request,
        gettext("It is told again what happens.") if is_active else gettext("It is not told any more."),
    )
    return redirect("web:webhook", here.project.uid, hook)


@require_POST
@in_project(Capability.LEAD_PROJECT)
def delete(here: Here, hook: str) -> HttpResponse:
    """Delete it with what it was told and is still owed."""
    editing.delete_webhook(webhook=_webhook(here, hook), by=here.user)
    messages.success(here.request, gettext("The webhook is deleted."))
    return redirect("web:webhooks", here.project.uid)


def _webhook(here: Here, uid: str) -> Webhook:
    found = Webhook.objects.filter(project=here.project, uid=uid).first()
    if found is None:
        raise NotFound
    return found


urls = [
    path("settings/webhooks/", webhooks, name="webhooks"),
    path("settings/webhooks/<slug:hook>/", webhook, name="webhook"),
    path("settings/webhooks/<slug:hook>/test", test, name="webhook-test"),
    path("settings/webhooks/<slug:hook>/switch", switch, name="webhook-switch"),
    path("settings/webhooks/<slug:hook>/delete", delete, name="webhook-delete"),
]
