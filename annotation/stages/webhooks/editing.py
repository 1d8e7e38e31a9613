"""Webhooks made, changed and deleted by those who lead."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from annotation.algorithms.canonical import canonical_json
from annotation.models import Project, Webhook, WebhookDelivery
from annotation.models.announcing import owe
from annotation.models.webhook_action import TEST
from annotation.stages.webhooks.checking import check
from core import audit
from core.models import Organisation, User
from core.refusals import InvalidInput

MOST = 100
"""So many webhooks a project may have, and so many an organisation: each costs a row at everything that happens."""


@transaction.atomic
def create_webhook(
    *, organisation: Organisation, project: Project | None, by: User, url: str, **settings: Any
) -> Webhook:
    """Make one, with a secret of its own. Raises InvalidInput and AddressRefused."""
    values = check({**settings, "url": url}, of_project=project is not None)
    # Two at once would each count the other out.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if Webhook.objects.filter(organisation=organisation, project=project).count() >= MOST:
        raise InvalidInput(
            _("There are %(most)s webhooks already."),
            action=_("Delete those that nobody needs."),
            params={"most": MOST},
        )
    made = Webhook.objects.create(organisation=organisation, project=project, **values)
    _tell("webhook.made", made, by, {"actions": made.actions, "all": made.send_for_all_actions})
    return made


@transaction.atomic
def change_webhook(*, webhook: Webhook, by: User, **settings: Any) -> Webhook:
    """Change what is named, and nothing else. Raises InvalidInput and AddressRefused."""
    values = check(settings, of_project=webhook.project_id is not None)
    current = Webhook.objects.select_for_update(no_key=True).get(pk=webhook.pk)
    changed = {name: value for name, value in values.items() if value != getattr(current, name)}
    if changed:
        for name, value in changed.items():
            setattr(current, name, value)
        current.quiet_until = None  # whoever changes it wants to see it work
        current.save(update_fields=[*changed, "quiet_until", "updated_at"])
        # Addresses and headers may hold passwords: the trail names them, no more.
        told = {name: changed[name] for name in changed if name not in {"url", "headers"}}
        _tell("webhook.changed", current, by, {**told, "changed": sorted(changed)})
    return current


@transaction.atomic
def delete_webhook(*, webhook: Webhook, by: User) -> None:
    """Delete it with what it is still owed."""
    _tell("webhook.deleted", webhook, by, {})
    Webhook.objects.filter(pk=webhook.pk).delete()


@transaction.atomic
def send_test(*, webhook: Webhook, by: User) -> WebhookDelivery:
    """Owe it a delivery that says nothing but that it is a test."""
    Webhook.objects.filter(pk=webhook.pk).update(quiet_until=None)
    _tell("webhook.tested", webhook, by, {})
    return owe(webhook, TEST, canonical_json({"action": TEST}).decode())


def _tell(action: str, webhook: Webhook, by: User, changes: Mapping[str, Any]) -> None:
    audit.record(
        action,
        by=by,
        on=webhook,
        project_id=webhook.project_id,
        organisation_id=webhook.organisation_id,
        changes=changes,
    )
