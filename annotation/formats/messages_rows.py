"""What is said of rows and files that are brought in."""

from annotation.formats.message import Message, gettext_noop

ROWS = {
    "field_missing": Message(
        gettext_noop("The row has no “%(key)s”, which the project's schema shows."),
        gettext_noop("Add the column, or change the schema."),
    ),
    "field_not_text": Message(
        gettext_noop("“%(key)s” must be text."),
        gettext_noop("Write the value as text."),
    ),
    "field_empty": Message(
        gettext_noop("“%(key)s” is empty."),
        gettext_noop("Fill it in, or leave the row out."),
    ),
    "format_unknown": Message(
        gettext_noop("“%(format)s” is no file format that Assay reads."),
        gettext_noop("Use JSON Lines, JSON, CSV or TSV."),
    ),
    "file_empty": Message(
        gettext_noop("The file holds no rows."),
        gettext_noop("Check that the right file was chosen."),
    ),
    "encoding_utf16": Message(
        gettext_noop("The file is encoded as UTF-16 or UTF-32."),
        gettext_noop("Save it as UTF-8 and upload it again."),
    ),
    "encoding_invalid": Message(
        gettext_noop("The row is not valid UTF-8 (byte %(byte)s of the line)."),
        gettext_noop("Save the file as UTF-8; it may be in GBK or another encoding now."),
    ),
    "row_too_large": Message(
        gettext_noop("The row has more than %(limit)s bytes."),
        gettext_noop("Split the row, or leave out what is not needed."),
    ),
    "row_not_object": Message(
        gettext_noop("The row is not a JSON object."),
        gettext_noop('Write each row as {"text": "…"}.'),
    ),
    "row_empty": Message(
        gettext_noop("The row holds no data."),
        gettext_noop("Fill it in, or leave it out."),
    ),
    "row_short": Message(
        gettext_noop("The row has too few cells: %(cells)s instead of %(wanted)s."),
        gettext_noop("Add the missing cells, and quote cells that hold line ends."),
    ),
    "row_long": Message(
        gettext_noop("The row has too many cells: %(cells)s instead of %(wanted)s."),
        gettext_noop("Quote cells that hold the separator."),
    ),
    "json_broken": Message(
        gettext_noop("The JSON is broken: %(problem)s."),
        gettext_noop("Correct the row; a JSON checker shows the place."),
    ),
    "json_not_finite": Message(
        gettext_noop("“%(number)s” is no JSON number."),
        gettext_noop("Write null, or leave the value out."),
    ),
    "json_duplicate_key": Message(
        gettext_noop("The key “%(key)s” stands twice in one object."),
        gettext_noop("Keep one of the two."),
    ),
    "json_too_deep": Message(
        gettext_noop("The row is nested more than %(limit)s levels deep."),
        gettext_noop("Flatten the row."),
    ),
    "json_unclosed": Message(
        gettext_noop("The file ends in the middle of the data."),
        gettext_noop("Check that the file was copied completely."),
    ),
    "json_no_rows": Message(
        gettext_noop("The file holds neither a list of objects nor an object."),
        gettext_noop("Write a JSON list of objects, or use JSON Lines."),
    ),
    "json_separator": Message(
        gettext_noop(
            "The list is broken here: rows must be separated by one comma. The rest cannot be read."
        ),
        gettext_noop("Correct the list and import the file again."),
    ),
    "json_trailing": Message(
        gettext_noop("Something follows the end of the data."),
        gettext_noop("Remove it, or use JSON Lines."),
    ),
    "csv_broken": Message(
        gettext_noop("The row cannot be read: %(problem)s."),
        gettext_noop("Double the quotation marks inside quoted cells."),
    ),
    "csv_quote_open": Message(
        gettext_noop("A quoted cell is not closed."),
        gettext_noop("Close the quotation mark, and double those inside the cell."),
    ),
    "header_blank": Message(
        gettext_noop("Column %(column)s has no name in the header."),
        gettext_noop("Give every column a name in the first line."),
    ),
    "header_duplicate": Message(
        gettext_noop("Two columns are named “%(name)s”."),
        gettext_noop("Give each column a name of its own."),
    ),
    "extra_not_text": Message(
        gettext_noop("“%(key)s” must be text."),
        gettext_noop("Write the value as text, or leave the key out."),
    ),
    "extra_too_long": Message(
        gettext_noop("“%(key)s” has more than %(limit)s characters."),
        gettext_noop("Shorten the value."),
    ),
    "jurisdiction_unknown": Message(
        gettext_noop("“%(key)s” names no jurisdiction that is known."),
        gettext_noop("Write a country as two letters (CN, GB), a state of the US as US-NY."),
    ),
    "due_not_a_day": Message(
        gettext_noop("“%(key)s” must be a day."), gettext_noop("Write it as 2026-12-31.")
    ),
    "priority_not_a_number": Message(
        gettext_noop("“%(key)s” must be a whole number from -100 to 100."),
        gettext_noop("Higher numbers come first; leave it out for 0."),
    ),
    "parties_wrong": Message(
        gettext_noop("“%(key)s” must be text, or a list of names."),
        gettext_noop(
            'Write the parties as "A Ltd; B GmbH" or as ["A Ltd", {"name": "B", "identifier": "…"}].'
        ),
    ),
    "parties_too_many": Message(
        gettext_noop("“%(key)s” names more than %(limit)s parties."),
        gettext_noop("Split the row, or name fewer."),
    ),
    "known_not_object": Message(
        gettext_noop("“_answer” must be an object that names questions."),
        gettext_noop('Write it as {"verdict": "breach"}.'),
    ),
    "known_shape": Message(
        gettext_noop("The known answer to “%(question)s” has another shape than an answer to it."),
        gettext_noop("Write it as %(shape)s, or null where it is rightly left unanswered."),
    ),
    "known_unwritable": Message(
        gettext_noop("A known answer cannot say what “%(question)s” is answered with."),
        gettext_noop("Leave the question out: answers to it are held against nothing."),
    ),
    "known_nothing": Message(
        gettext_noop("The known answer names no question that can be compared."),
        gettext_noop("Answer a question that is not free text."),
    ),
    "known_missing": Message(
        gettext_noop("“%(key)s” belongs to a control item, and the row has no “_answer”."),
        gettext_noop("Give the known answer, or leave the key out."),
    ),
    "known_use": Message(
        gettext_noop("“_use” must be both, exam or work."),
        gettext_noop("Leave it out for both."),
    ),
    "known_not_lead": Message(
        gettext_noop("Only a lead of the project may bring in rows with a known answer."),
        gettext_noop("Leave “_answer” out, or ask a lead to import the file."),
    ),
    "prediction_left_out": Message(
        gettext_noop("The item came in without one of its suggestions: %(cause)s"),
        gettext_noop("Correct the suggestion where it comes from; the item needs nothing."),
    ),
    "predictions_not_list": Message(
        gettext_noop("The predictions are no list."),
        gettext_noop('Write a list of {"model": "…", "score": 0.9, "result": […]}.'),
    ),
    "predictions_too_many": Message(
        gettext_noop("The row has %(count)s predictions; an item may have %(limit)s."),
        gettext_noop("Keep the newest of each model."),
    ),
    "prediction_no_result": Message(
        gettext_noop("A prediction has no result."),
        gettext_noop("Give each prediction a list of regions, as an annotation has."),
    ),
    "prediction_model": Message(
        gettext_noop("A prediction's model must be named in at most %(limit)s characters."),
        gettext_noop("Shorten the name."),
    ),
    "prediction_score": Message(
        gettext_noop("A prediction's score must be a number."),
        gettext_noop("Write a number, or leave it out."),
    ),
    "prediction_form": Message(
        gettext_noop("A prediction's regions do not have Label Studio's form."),
        gettext_noop("Export them from Label Studio, or use _predictions with offsets in characters."),
    ),
}
