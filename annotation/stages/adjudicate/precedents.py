"""Keep a decision where disputes like it will find it, and take out what was overruled."""

from django.db import transaction

from annotation.algorithms.similar import signature
from annotation.models import Adjudication, Precedent, PrecedentKey
from annotation.models.precedents import label_key, text_keys, text_of


@transaction.atomic
def index(decision: Adjudication) -> None:
    """In the transaction of the decision. Doing it again changes nothing."""
    dispute = decision.dispute
    own = signature(text_of(dispute, decision.label_schema.schema))
    labels = label_key(dispute)
    _row, made = Precedent.objects.get_or_create(
        adjudication=decision,
        defaults={"labels": dispute.tally.get("contested", []), "signature": list(own)},
    )
    if not made:
        return
    keys = [
        PrecedentKey(adjudication=decision, kind=PrecedentKey.BAND, key=one)
        for one in text_keys(dispute, own)
    ]
    if labels is not None:
        keys.append(PrecedentKey(adjudication=decision, kind=PrecedentKey.LABELS, key=labels))
    PrecedentKey.objects.bulk_create(keys)


@transaction.atomic
def overrule(decision: Adjudication) -> None:
    """It is found no more; who cited it still does."""
    Precedent.objects.filter(adjudication=decision).update(overruled=True)
    PrecedentKey.objects.filter(adjudication=decision).delete()
