"""What the gate of a release says of each check: its name, and a sentence for each way in which it ends."""

from annotation.formats.message import Message, gettext_noop

NAMES: dict[str, str] = {
    "alpha": gettext_noop("Agreement"),
    "overlap": gettext_noop("Answers an item"),
    "disputes": gettext_noop("Disputes"),
    "second_looks": gettext_noop("Second looks"),
    "credentials": gettext_noop("Credentials when labelling"),
    "licences": gettext_noop("Licences of the sources"),
    "personal": gettext_noop("Personal data"),
    "repeats": gettext_noop("Repeats across splits"),
    "splits": gettext_noop("Splits"),
    "unsettled": gettext_noop("Items left out"),
}
"""By key, in the order in which they are told."""

_ALPHA = {
    "gate_alpha_reached": Message(
        gettext_noop("The lower end of alpha is %(low)s or more for every question (asked: %(floor)s)."),
        "",
    ),
    "gate_alpha_plain": Message(
        gettext_noop("The lowest lower end of alpha is %(low)s (question “%(question)s”)."), ""
    ),
    "gate_alpha_below": Message(
        gettext_noop(
            "The lower end of alpha of “%(question)s” is %(low)s, on %(items)s items; %(floor)s is asked."
        ),
        gettext_noop("Clarify the guideline where answers differ, and have those items labelled again."),
    ),
    "gate_alpha_few_items": Message(
        gettext_noop("Alpha of “%(question)s” rests on %(items)s items; a gate needs %(least_items)s."),
        gettext_noop("Have more items answered by two people or more."),
    ),
    "gate_alpha_few_documents": Message(
        gettext_noop("Alpha of “%(question)s” rests on too few documents to trust its interval."),
        gettext_noop("Bring in items of more documents."),
    ),
    "gate_alpha_no_value": Message(
        gettext_noop("Alpha of “%(question)s” has no value."),
        gettext_noop(
            "Have items answered by two people or more; where all say the same, alpha is undefined."
        ),
    ),
    "gate_alpha_no_interval": Message(
        gettext_noop("Alpha of “%(question)s” has no interval."),
        gettext_noop("Have all figures measured anew (Agreement page), then ask for the release again."),
    ),
    "gate_alpha_measure": Message(
        gettext_noop("Alpha of “%(question)s” has not been measured on these answers."),
        gettext_noop("Have all figures measured anew (Agreement page), then ask for the release again."),
    ),
    "gate_alpha_nothing": Message(gettext_noop("No question's answers are compared."), ""),
}

_WORK = {
    "gate_overlap_reached": Message(
        gettext_noop("Every item has %(fewest)s or more independent answers (asked: %(least)s)."), ""
    ),
    "gate_overlap_plain": Message(
        gettext_noop("The item with the fewest independent answers has %(fewest)s."), ""
    ),
    "gate_overlap_below": Message(
        gettext_noop("%(below)s of %(items)s items have fewer than %(least)s independent answers."),
        gettext_noop("Raise the project's overlap and have these items answered, or ask for less."),
    ),
    "gate_disputes_settled": Message(gettext_noop("No dispute is open."), ""),
    "gate_disputes_open": Message(
        gettext_noop(
            "Open disputes: %(disputes)s (items: %(items)s, left out: %(left_out)s). What is hard to judge is rarer "
            "than it should be."
        ),
        gettext_noop("Have the disputes decided, then ask for the release again."),
    ),
    "gate_second_looks_none": Message(gettext_noop("No item was settled by a decision."), ""),
    "gate_second_looks_plain": Message(
        gettext_noop(
            "%(looked)s of %(decisions)s decisions were looked at again; %(same)s came to the same."
        ),
        "",
    ),
    "gate_second_looks_enough": Message(
        gettext_noop(
            "%(looked)s of %(decisions)s decisions were looked at again, blind; %(same)s came to the same."
        ),
        "",
    ),
    "gate_second_looks_few": Message(
        gettext_noop(
            "%(looked)s of %(decisions)s decisions were looked at again, blind; a share of %(share)s is asked."
        ),
        gettext_noop("Raise the share of second looks in the project's rules for disputes."),
    ),
    "gate_second_looks_differ": Message(
        gettext_noop(
            "%(same)s of %(looked)s second looks came to the same; a share of %(agreement)s is asked."
        ),
        gettext_noop("Read the second looks that differ, and clarify the clauses that they cite."),
    ),
    "gate_credentials_valid": Message(
        gettext_noop(
            "All %(answers)s answers and %(decisions)s decisions were given under a qualification in force at "
            "that time."
        ),
        "",
    ),
    "gate_credentials_missing": Message(
        gettext_noop(
            "%(without_answers)s of %(answers)s answers and %(without_decisions)s of %(decisions)s decisions "
            "were given without a qualification in force at that time."
        ),
        gettext_noop("Have these items labelled again by qualified people."),
    ),
    "gate_credentials_open": Message(
        gettext_noop("The project asks for no qualification, so credentials are not checked."), ""
    ),
}

_SOURCES = {
    "gate_licences_fit": Message(
        gettext_noop("The licences of all sources (%(count)s) allow a release under %(licence)s."), ""
    ),
    "gate_licences_conflict": Message(
        gettext_noop("“%(source)s” (items: %(items)s): %(cause)s"),
        gettext_noop(
            "Choose another licence for the release, correct the batch's licence, or leave these items out."
        ),
    ),
    "gate_licences_none": Message(
        gettext_noop("The release has no licence."),
        gettext_noop("State one in the release policy or when you ask for the release."),
    ),
    "gate_licences_strange": Message(
        gettext_noop("“%(licence)s” is no licence that Assay knows, so nothing can be said of its sources."),
        gettext_noop("Write the release's licence by its SPDX id, for example CC-BY-4.0."),
    ),
    "gate_personal_none": Message(gettext_noop("No finding of personal data is open."), ""),
    "gate_personal_open": Message(
        gettext_noop("Findings of personal data that nobody has looked at: %(findings)s (items: %(items)s)."),
        gettext_noop("Look at them on the pages of their batches."),
    ),
    "gate_personal_unchecked": Message(
        gettext_noop("Items never looked through for personal data: %(unchecked)s."),
        gettext_noop("Check their batches again."),
    ),
    "gate_personal_written": Message(
        gettext_noop(
            "Answers in free text and reasons of decisions that look like personal data: %(written)s "
            "(items: %(written_items)s)."
        ),
        gettext_noop("Have these answers and decisions made again without the data, or waive the check."),
    ),
    "gate_personal_open_written": Message(
        gettext_noop(
            "Findings of personal data that nobody has looked at: %(findings)s (items: %(items)s); answers in free "
            "text and reasons of decisions that look like personal data: %(written)s (items: %(written_items)s)."
        ),
        gettext_noop(
            "Look at the findings on the pages of their batches, and have the answers and decisions made again "
            "without the data."
        ),
    ),
    "gate_personal_unchecked_written": Message(
        gettext_noop(
            "Items never looked through for personal data: %(unchecked)s; answers in free text and reasons of "
            "decisions that look like personal data: %(written)s (items: %(written_items)s)."
        ),
        gettext_noop(
            "Check the batches again, and have the answers and decisions made again without the data."
        ),
    ),
    "gate_repeats_none": Message(gettext_noop("No text stands in two splits; near repeats: %(near)s."), ""),
    "gate_repeats_none_far": Message(
        gettext_noop("No text stands in two splits; of so many items near repeats are not counted."), ""
    ),
    "gate_repeats_exact_far": Message(
        gettext_noop(
            "Texts in more than one split: %(exact)s; of so many items near repeats are not counted."
        ),
        gettext_noop("Leave the repeated items out, then ask for the release again."),
    ),
    "gate_repeats_exact": Message(
        gettext_noop("Texts in more than one split: %(exact)s; near repeats: %(near)s."),
        gettext_noop("Leave the repeated items out, then ask for the release again."),
    ),
    "gate_repeats_unchecked": Message(
        gettext_noop("Items without a text key, whose repeats cannot be found: %(unchecked)s."),
        gettext_noop("Check their batches again."),
    ),
    "gate_splits_filled": Message(gettext_noop("Every split that has a share has rows."), ""),
    "gate_splits_empty": Message(
        gettext_noop(
            "Splits that have a share but no rows: %(empty)s. There are too few groups (document, source, party or "
            "text) that stay together to fill them."
        ),
        gettext_noop(
            "Bring in items of more groups, or give the share to other splits; what is drawn never moves."
        ),
    ),
    "gate_unsettled_none": Message(gettext_noop("Every item of the project is in the release."), ""),
    "gate_unsettled_some": Message(
        gettext_noop("Items of the project without a gold label, which are left out: %(count)s."), ""
    ),
}

_LICENCE = {
    "licence_nothing": Message(gettext_noop("no licence and no statement of rights is given."), ""),
    "licence_unknown": Message(gettext_noop("this is no licence that Assay knows."), ""),
    "licence_statement": Message(
        gettext_noop("this is a statement of rights, which a person must read."), ""
    ),
    "licence_noderivatives": Message(gettext_noop("it forbids adaptations."), ""),
    "licence_noncommercial": Message(
        gettext_noop("it forbids commercial use, which the release's licence would allow."), ""
    ),
    "licence_sharealike": Message(gettext_noop("it must be passed on under the same licence."), ""),
    "licence_attribution": Message(
        gettext_noop("it asks for attribution, which the release's licence would not."), ""
    ),
}
"""What a licence of a source has against that of the release, by `licences.Verdict.because`."""

_LATER = {
    f"gate_{key}_later": Message(gettext_noop("Measured when the rows are frozen."), "") for key in NAMES
}

GATE: dict[str, Message] = {**_ALPHA, **_WORK, **_SOURCES, **_LICENCE, **_LATER}
