"""The permission table: who gets what from every route.

Eight columns, in this order (`ROLES`): anonymous, a stranger (who owns another organisation), annotator, contributor,
adjudicator, auditor, lead, owner. Objects are the scene's of `tests/cast.py`: the assignment and the credential are
the annotator's, the batch and the job are the lead's, the rest is the project's or the organisation's.

    +  it is theirs to call: an answer, or a complaint about what was sent
    f  403, seen but not allowed (the API also answers so to who is not logged in)
    0  404, it does not exist for them
    l  they are sent to the login page

A stranger's column says what happens to everybody who calls with an object of another organisation. Left out are the
routes below `accounts/`: they are allauth's, about one's own account only.
"""

ROLES = ("anonymous", "stranger", "annotator", "contributor", "adjudicator", "auditor", "lead", "owner")
EXCLUDED_PREFIXES = ("accounts/",)

# What many rows have in common.
OPEN = "++++++++"
PERSON = "l+++++++"  # about oneself, or a list of what one may see
PROJECT = "l0++++++"
WORK = "l0fff+++"
BATCHES = "l0f+f+++"
BATCH = "l0f0f+++"
BRING = "l0f+ff++"
BATCH_WRITE = "l0f0ff++"
LEAD = "l0ffff++"
OWN = "l0fffff+"

# route: {method: who}
TABLE: dict[str, dict[str, str]] = {
    "health": {"get": OPEN},
    # The API
    "api:schema": {"get": OPEN},
    "api:docs": {"get": OPEN},
    "api:nothing": {"get": "f0000000", "post": "f0000000"},
    "api:projects": {"get": "f+++++++"},
    "api:project": {"get": "f0++++++"},
    "api:agreement": {"get": "f0fff+++"},
    "api:next": {"post": "f0+fffff"},
    "api:batches": {"get": "f0++++++", "post": "f0f+ff++"},
    "api:disputes": {"get": "f0ff+fff"},
    "api:releases": {"get": "f0fff+++", "post": "f0ffff++"},
    "api:assignment": {"get": "f0+00000"},
    "api:draft": {"put": "f0+00000"},
    "api:submit": {"post": "f0+00000"},
    "api:skip": {"post": "f0+00000"},
    "api:return": {"post": "f0+00000"},
    "api:heartbeat": {"post": "f0+00000"},
    "api:extend": {"post": "f0+00000"},
    "api:take-up": {"post": "f0+00000"},
    "api:my-work": {"get": "f+++++++"},
    "api:assignments": {"get": "f0ffff++", "post": "f0ffff++"},
    "api:reassign": {"post": "f0f00f++"},
    "api:withdraw-assignment": {"post": "f0f00f++"},
    "api:ranking": {"get": "f0fff+++", "put": "f0ffff++"},
    "api:item-ranking": {"get": "f0f00f++"},
    "api:batch": {"get": "f0000+++"},
    "api:problems": {"get": "f0000+++"},
    "api:dispute": {"get": "f000++++"},
    "api:decide": {"post": "f000+fff"},
    "api:release": {"get": "f0000+++"},
    "api:release-file": {"get": "f0000+++"},
    "api:organisation-credentials": {"get": "f0fff+++"},
    "api:answer-credential": {"post": "f0ffff++"},
    "api:qualify-on": {"post": "f0ffff++"},
    "api:revoke-qualification": {"post": "f0ffff++"},
    "api:expert": {"get": "f0fff+++"},
    "api:project-expert": {"get": "f0fff+++"},
    "api:answer-in-project": {"post": "f0ffff++"},
    "api:qualify-in-project": {"post": "f0ffff++"},
    "api:revoke-in-project": {"post": "f0ffff++"},
    "api:credential-kinds": {"get": "f+++++++"},
    "api:credential": {"get": "f0+00+++"},
    "api:evidence": {"get": "f0+00+++"},
    "api:own-credentials": {"get": "f+++++++", "post": "f+++++++"},
    "api:own-qualifications": {"get": "f+++++++"},
    "api:profile": {"get": "f+++++++", "put": "f+++++++"},
    "api:roster": {"get": "f0fff+++"},
    "api:conflicts": {"get": "f+++++++", "post": "f+++++++"},
    "api:withdraw-conflict": {"post": "f0+00000"},
    "api:judges": {"get": "f0f00f++"},
    "api:coverage": {"get": "f0fff+++", "post": "f0ffff++"},
    "api:rules": {"get": "f0fff+++", "post": "f0ffff++"},
    "api:rule-end": {"post": "f0ffff++"},
    "api:grants": {"get": "f0fff+++", "post": "f0ffff++"},
    "api:grant-revoke": {"post": "f0ffff++"},
    "api:undertaking": {"get": "f0++++++", "put": "f0ffff++"},
    "api:undertaking-accept": {"post": "f0+f+fff"},
    "api:acceptances": {"get": "f0fff+++"},
    "api:trust": {"get": "f0fff+++", "put": "f0ffff++"},
    "api:overlap": {"get": "f0fff+++", "put": "f0ffff++"},
    "api:job": {"get": "f0000+++"},
    "api:stop-job": {"post": "f0000f++"},
    # Account and organisation
    "core:language": {"post": OPEN},
    "core:theme": {"post": OPEN},
    "core:name": {"post": PERSON},
    "core:invitation": {"get": OPEN, "post": OPEN},  # whoever has the link
    "core:organisations": {"get": PERSON},
    "core:organisation-new": {"get": PERSON, "post": PERSON},
    "core:organisation": {"get": PROJECT},
    "core:organisation-settings": {"get": OWN, "post": OWN},
    "core:invitations": {"get": WORK, "post": LEAD},
    "core:invitation-revoke": {"post": LEAD},
    "core:member-role": {"post": OWN},
    "core:member-end": {"post": OWN},
    "core:organisation-audit": {"get": WORK},
    # One's own pages
    "web:home": {"get": PERSON},
    "web:me": {"get": PERSON},
    "web:profile": {"get": PERSON, "post": PERSON},
    "web:conflicts": {"get": PERSON, "post": PERSON},
    "web:conflict-withdraw": {"post": "l0+00000"},
    "web:credential-new": {"get": PERSON, "post": PERSON},
    "web:evidence": {"get": "l0+00+++"},
    "web:evidence-pages": {"get": "l0+00+++"},
    "web:roster": {"get": WORK},
    "web:verification": {"get": WORK},
    "web:credential-answer": {"post": LEAD},
    "web:credential-qualify": {"post": LEAD},
    "web:label-next": {"get": "l0+fffff", "post": "l0+fffff"},
    "web:label": {"get": "l0+00000"},
    "web:disputes": {"get": PERSON},
    "web:dispute": {"get": "l000++++"},
    "web:projects": {"get": PERSON},
    "web:project-new": {"get": "l+ffff++", "post": "l+ffff++"},  # who leads or owns some organisation
    "web:config-check": {"post": "l+ffff++"},
    # A project
    "web:project": {"get": PROJECT},
    "web:project-funnel": {"get": WORK},
    "web:project-agreement": {"get": WORK},
    "web:items": {"get": WORK},
    "web:item": {"get": WORK},
    "web:item-judges": {"get": LEAD},
    "web:batches": {"get": BATCHES},
    "web:batch-new": {"get": BRING, "post": BRING},
    "web:batch": {"get": BATCH},
    "web:batch-progress": {"get": BATCH},
    "web:batch-problems": {"get": BATCH},
    "web:batch-rights": {"post": BATCH_WRITE},
    "web:batch-deidentified": {"post": BATCH_WRITE},
    "web:batch-stop": {"post": BATCH_WRITE},
    "web:guideline": {"get": PROJECT},
    "web:guideline-edit": {"get": LEAD, "post": LEAD},
    "web:guideline-preview": {"post": LEAD},
    "web:guideline-diff": {"get": PROJECT},
    "web:schema": {"get": PROJECT},
    "web:schema-edit": {"get": LEAD, "post": LEAD},
    "web:schema-preview": {"post": LEAD},
    "web:schema-diff": {"get": PROJECT},
    "web:people": {"get": WORK},
    "web:invite": {"post": LEAD},
    "web:invitation-revoke": {"post": LEAD},
    "web:member-role": {"post": LEAD},
    "web:member-end": {"post": LEAD},
    "web:expert": {"get": WORK},
    "web:verify": {"post": LEAD},
    "web:qualify": {"post": LEAD},
    "web:revoke": {"post": LEAD},
    "web:coverage": {"get": WORK},
    "web:coverage-progress": {"get": WORK},
    "web:coverage-count": {"post": LEAD},
    "web:rules": {"get": WORK},
    "web:rule-new": {"get": LEAD, "post": LEAD},
    "web:rule-end": {"post": LEAD},
    "web:grant": {"get": LEAD, "post": LEAD},
    "web:grant-revoke": {"post": LEAD},
    "web:trust": {"get": WORK},
    "web:trust-residence": {"post": LEAD},
    "web:wall-add": {"post": LEAD},
    "web:wall-remove": {"post": LEAD},
    "web:undertaking": {"get": PROJECT, "post": "l0+f+fff"},  # who labels or adjudicates accepts
    "web:undertaking-edit": {"get": LEAD, "post": LEAD},
    "web:undertaking-preview": {"post": LEAD},
    "web:undertaking-diff": {"get": PROJECT},
    "web:overlap": {"get": LEAD, "post": LEAD},
    "web:overlap-progress": {"get": LEAD},
    "web:project-disputes": {"get": "l0ff++++"},
    "web:releases": {"get": WORK},
    "web:release-new": {"get": LEAD, "post": LEAD},
    "web:release": {"get": WORK},
    "web:release-progress": {"get": WORK},
    "web:release-file": {"get": WORK},
    "web:audit": {"get": WORK},
    "web:settings": {"get": LEAD, "post": LEAD},
    "web:pause": {"post": LEAD},
    "web:resume": {"post": LEAD},
}
