"""What is said of answers to the families of tags: conditions, trees, orders, regions and what is about them."""

from annotation.formats.message import Message, gettext_noop

FAMILIES = {
    "required_missing_region": Message(
        gettext_noop("The question “%(title)s” needs an answer for every marked region."),
        gettext_noop("Answer it for the region that lacks it and submit again."),
    ),
    "required_missing_turn": Message(
        gettext_noop("The question “%(title)s” needs a mark on every turn; turn %(turn)s has none."),
        gettext_noop("Mark that turn and submit again."),
    ),
    "required_missing_relation": Message(
        gettext_noop("Every “%(label)s” needs a relation; number %(number)s has none."),
        gettext_noop("Relate it to another part, or give it another label, and submit again."),
    ),
    "question_hidden": Message(
        gettext_noop("The question “%(title)s” is answered, but it is not asked here."),
        gettext_noop("Leave its answer out, or give the answer that it waits for."),
    ),
    "not_list": Message(
        gettext_noop("%(name)s must be a list."),
        gettext_noop("Correct the shape of the answer, as the documentation shows."),
    ),
    "id_twice": Message(
        gettext_noop("Two regions have the id “%(id)s”."), gettext_noop("Give each region an id of its own.")
    ),
    "label_no_leaf": Message(
        gettext_noop("“%(label)s” has others below it and cannot be chosen itself."),
        gettext_noop("Choose one of those below it."),
    ),
    "too_many_labels": Message(
        gettext_noop("The question “%(question)s” takes at most %(limit)s labels, not %(count)s."),
        gettext_noop("Remove a label."),
    ),
    "datetime_form": Message(
        gettext_noop("“%(given)s” is no date or time of the form that is asked for."),
        gettext_noop("Write it like %(example)s."),
    ),
    "datetime_out_of_range": Message(
        gettext_noop("The date must lie from %(minimum)s to %(maximum)s."),
        gettext_noop("Enter a date in that range."),
    ),
    "unknown_bucket": Message(
        gettext_noop("“%(bucket)s” is no bucket of the question “%(question)s”."),
        gettext_noop("Use a bucket of the project's current schema; reload the page if it changed."),
    ),
    "unknown_ranked": Message(
        gettext_noop("“%(id)s” is not among what is to be put in order."),
        gettext_noop("Use the ids of the item's list."),
    ),
    "ranked_twice": Message(
        gettext_noop("“%(id)s” stands in the order twice."), gettext_noop("Keep it once.")
    ),
    "ranking_incomplete": Message(
        gettext_noop("The order names %(count)s of %(all)s."), gettext_noop("Put all of them in order.")
    ),
    "span_not_turn": Message(
        gettext_noop("The span %(start)s–%(end)s is no whole turn; only whole turns are marked here."),
        gettext_noop("Mark the turn from its beginning to its end."),
    ),
    "cell_unknown": Message(
        gettext_noop("The table has no cell in row %(row)s, column “%(column)s”."),
        gettext_noop("Count rows from 0 and name the column as the item does."),
    ),
    "cell_text_differs": Message(
        gettext_noop("The cell in row %(row)s, column “%(column)s” does not say what was sent with it."),
        gettext_noop("Load the item again and mark the cell anew."),
    ),
    "box_outside": Message(
        gettext_noop("The area does not lie in the picture, or has no size."),
        gettext_noop("Give places and sizes in percent of the picture."),
    ),
    "box_shape": Message(
        gettext_noop("The area has not the shape that the question “%(question)s” asks for."),
        gettext_noop("Draw a rectangle or a polygon, as the question says."),
    ),
    "polygon_points": Message(
        gettext_noop("A polygon has at least three points, not %(count)s."), gettext_noop("Draw it again.")
    ),
    "polygon_open": Message(
        gettext_noop("The polygon is not closed."), gettext_noop("Close it, or remove it.")
    ),
    "page_unknown": Message(
        gettext_noop("The document has no page %(page)s."), gettext_noop("Count pages from 0.")
    ),
    "region_unknown": Message(
        gettext_noop(
            "The question “%(question)s” is answered for “%(id)s”, which is no marked region of the text."
        ),
        gettext_noop("Mark the region first, with the same id, or answer for a whole turn."),
    ),
    "region_moved": Message(
        gettext_noop("An answer to “%(question)s” stands at another place than its region."),
        gettext_noop("Send the place of the region with the answer."),
    ),
    "region_twice": Message(
        gettext_noop("The question “%(question)s” is answered twice for one region."),
        gettext_noop("Keep one answer."),
    ),
    "relation_end": Message(
        gettext_noop("The relation ends at “%(id)s”, which is no marked region."),
        gettext_noop("Mark both ends, and name them by their ids."),
    ),
    "relation_itself": Message(
        gettext_noop("A region cannot be related to itself."), gettext_noop("Remove the relation.")
    ),
    "relation_twice": Message(
        gettext_noop("Two regions are related twice in one direction."),
        gettext_noop("Keep one relation, with all its labels."),
    ),
    "relation_direction": Message(
        gettext_noop("“%(given)s” is no direction."), gettext_noop("Use right, left or bi.")
    ),
    "unknown_role": Message(
        gettext_noop("“%(role)s” is no role of this chat."), gettext_noop("Use one of: %(roles)s.")
    ),
    "message_empty": Message(
        gettext_noop("A message says nothing."), gettext_noop("Write it, or remove it.")
    ),
    "too_many_messages": Message(
        gettext_noop("The chat “%(question)s” takes at most %(limit)s messages, not %(count)s."),
        gettext_noop("Remove a message."),
    ),
    "too_few_messages": Message(
        gettext_noop("The chat “%(title)s” needs at least %(limit)s messages; it has %(count)s."),
        gettext_noop("Write on and submit again."),
    ),
    "criterion_empty": Message(
        gettext_noop("A criterion says nothing."), gettext_noop("Write it, or remove it.")
    ),
    "criterion_weight": Message(
        gettext_noop("A criterion cannot have the weight 0."), gettext_noop("Give it another, or remove it.")
    ),
    "grades_incomplete": Message(
        gettext_noop("%(count)s of %(all)s criteria are graded, or others than those of the item."),
        gettext_noop("Give points for each criterion, in their order."),
    ),
    "points_out_of_range": Message(
        gettext_noop("Points must lie from 0 to %(maximum)s."), gettext_noop("Give points in that range.")
    ),
    "criteria_wrong": Message(
        gettext_noop("“%(key)s” must be a list of criteria, at least one of which adds to the score."),
        gettext_noop('Write it as [{"text": "…", "weight": 2, "most": 1}], each text once.'),
    ),
    "offer_wrong": Message(
        gettext_noop("“%(key)s” must be a list of labels."),
        gettext_noop('Write it as ["one", "other"] or as [{"value": "one"}].'),
    ),
    "offer_blank": Message(
        gettext_noop("Of the label “%(label)s” of “%(key)s” there is nothing to show: it has no words."),
        gettext_noop(
            "Give it a “value”, and words in its “html” where it has one; pictures are not shown there."
        ),
    ),
    "offer_twice": Message(
        gettext_noop("“%(key)s” offers “%(label)s” twice."),
        gettext_noop("Give each label a value or an alias of its own."),
    ),
    "offers_too_many": Message(
        gettext_noop("“%(key)s” offers more than %(limit)s labels."), gettext_noop("Offer fewer.")
    ),
}
