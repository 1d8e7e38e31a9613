"""What is said of the fields of an item that are more than a text."""

from annotation.formats.message import Message, gettext_noop

FIELDS = {
    "html_unstable": Message(
        gettext_noop("“%(key)s” holds HTML that becomes something else each time it is read."),
        gettext_noop("Nest its elements as the HTML standard has it, or bring the field in as text."),
    ),
    "html_too_deep": Message(
        gettext_noop(
            "“%(key)s” holds HTML whose elements are nested more than %(limit)s deep, or left open."
        ),
        gettext_noop("Close every element where it ends, or bring the field in as text."),
    ),
    "dialogue_wrong": Message(
        gettext_noop("“%(key)s” must be a list of turns."),
        gettext_noop('Write it as [{"%(name)s": "…", "%(text)s": "…"}].'),
    ),
    "turn_wrong": Message(
        gettext_noop("Turn %(number)s of “%(key)s” has no text in “%(part)s”."),
        gettext_noop('Write each turn as {"%(name)s": "…", "%(text)s": "…"}.'),
    ),
    "messages_wrong": Message(
        gettext_noop("“%(key)s” must be a list of messages."),
        gettext_noop('Write it as [{"role": "user", "content": "…"}]; [] is a chat that has not begun.'),
    ),
    "message_wrong": Message(
        gettext_noop("Message %(number)s of “%(key)s” has no text in “%(part)s”."),
        gettext_noop('Write each message as {"role": "user", "content": "…"}.'),
    ),
    "table_wrong": Message(
        gettext_noop("“%(key)s” must be a table: an object, or a list of objects, with at least one cell."),
        gettext_noop('Write it as {"name": "value"} or as [{"column": "value"}].'),
    ),
    "list_wrong": Message(
        gettext_noop("“%(key)s” must be a list of things to put in order, with at least one."),
        gettext_noop('Write it as [{"id": "a", "title": "…", "body": "…"}].'),
    ),
    "list_item_wrong": Message(
        gettext_noop("Thing %(number)s of “%(key)s” is not an object with an “id” that is text."),
        gettext_noop('Write each as {"id": "a", "title": "…", "body": "…"}.'),
    ),
    "list_item_blank": Message(
        gettext_noop("Of thing %(number)s of “%(key)s” there is nothing to show: it has no words."),
        gettext_noop("Give it a “title”, a “body”, or an “html” with words; pictures are not shown there."),
    ),
    "list_id_twice": Message(
        gettext_noop("Two things of “%(key)s” have the id “%(id)s”."),
        gettext_noop("Give each an id of its own: answers name them by it."),
    ),
    "pages_wrong": Message(
        gettext_noop("“%(key)s” must name a PDF."),
        gettext_noop("Put the PDF and the table into one zip, and name its path in the table."),
    ),
    "image_wrong": Message(
        gettext_noop("“%(key)s” must name a picture."),
        gettext_noop("Put the picture and the table into one zip, and name its path in the table."),
    ),
    "file_remote": Message(
        gettext_noop("“%(key)s” is an address. Assay fetches nothing from outside."),
        gettext_noop("Put the file and the table into one zip, and name its path in the table."),
    ),
    "file_without_zip": Message(
        gettext_noop("“%(key)s” names the file “%(path)s”, and no files came with the table."),
        gettext_noop("Put the file and the table into one zip."),
    ),
    "file_missing": Message(
        gettext_noop("The zip holds no file “%(path)s”, which “%(key)s” names."),
        gettext_noop(
            "Add it, or correct the path: it counts from the zip's root or from the table's folder."
        ),
    ),
    "file_too_large": Message(
        gettext_noop("“%(name)s” has more than %(limit)s bytes."),
        gettext_noop("Make it smaller, or split it."),
    ),
    "file_empty_inside": Message(
        gettext_noop("“%(name)s” is empty."), gettext_noop("Check that the file was copied completely.")
    ),
    "file_broken_inside": Message(
        gettext_noop("“%(name)s” cannot be unpacked: its bytes are not those that were packed."),
        gettext_noop("Pack the zip again."),
    ),
    "data_address_broken": Message(
        gettext_noop("The data address in “%(key)s” cannot be read."),
        gettext_noop("Write it as data:image/png;base64,…"),
    ),
    "pdf_locked": Message(
        gettext_noop("“%(name)s” is protected by a password."),
        gettext_noop("Save it without one and bring it in again."),
    ),
    "pdf_broken": Message(
        gettext_noop("“%(name)s” is no PDF that can be read."),
        gettext_noop("Open it in a reader of PDF and save it again."),
    ),
    "pdf_empty": Message(
        gettext_noop("“%(name)s” has no pages."), gettext_noop("Check that the right file was chosen.")
    ),
    "pdf_too_long": Message(
        gettext_noop("“%(name)s” has %(count)s pages; at most %(limit)s are taken."),
        gettext_noop("Split it into parts."),
    ),
    "pdf_page_too_much": Message(
        gettext_noop("Page %(page)s of “%(name)s” takes more memory or time than a page may."),
        gettext_noop("Save it as a simpler PDF, or leave the page out."),
    ),
    "pdf_text_too_long": Message(
        gettext_noop("The text of “%(name)s” has more than %(limit)s characters."),
        gettext_noop("Split it into parts."),
    ),
    "image_broken": Message(
        gettext_noop("“%(name)s” is no PNG, JPEG, WebP or GIF that can be read."),
        gettext_noop("Save it as PNG or JPEG and bring it in again."),
    ),
    "image_too_large": Message(
        gettext_noop("“%(name)s” has more than %(limit)s pixels, or takes too long to read."),
        gettext_noop("Make it smaller."),
    ),
    "zip_broken": Message(
        gettext_noop("The file is no zip that can be read."), gettext_noop("Pack it again.")
    ),
    "zip_locked": Message(
        gettext_noop("The zip is protected by a password (“%(name)s”)."),
        gettext_noop("Pack it without one."),
    ),
    "zip_path": Message(
        gettext_noop("The zip holds a path that leads out of it: “%(name)s”."),
        gettext_noop("Pack it from the folder that holds the files."),
    ),
    "zip_link": Message(
        gettext_noop("The zip holds something that is no file: “%(name)s”."),
        gettext_noop("Pack the files themselves, not links to them."),
    ),
    "zip_twice": Message(
        gettext_noop("The zip holds two files named “%(name)s”."),
        gettext_noop("Give each a name of its own."),
    ),
    "zip_too_many": Message(
        gettext_noop("The zip holds more than %(limit)s files."), gettext_noop("Bring them in by parts.")
    ),
    "zip_too_large": Message(
        gettext_noop("Unpacked, the zip has more than %(limit)s bytes."),
        gettext_noop("Bring it in by parts."),
    ),
    "zip_method": Message(
        gettext_noop("“%(name)s” is packed in a way that Assay does not read."),
        gettext_noop("Pack the zip with the usual method (deflate)."),
    ),
    "zip_tables": Message(
        gettext_noop("The zip holds more than one table: “%(one)s” and “%(other)s”."),
        gettext_noop("Put one table into each zip."),
    ),
    "zip_empty": Message(
        gettext_noop("The zip holds neither a table nor files that can be items."),
        gettext_noop("Put a JSONL, JSON, CSV or TSV table into it, or PDF files or pictures."),
    ),
    "files_no_field": Message(
        gettext_noop(
            "Files without a table are taken only where the schema shows one PDF or picture and nothing else."
        ),
        gettext_noop("Put the files and a table that names them into one zip."),
    ),
    "files_wrong_kind": Message(
        gettext_noop("“%(name)s” is not what the schema shows: %(wanted)s."),
        gettext_noop("Leave it out, or change the schema."),
    ),
    "files_mixed": Message(
        gettext_noop("Only PDF files or pictures can be brought in several at once."),
        gettext_noop("Bring in a table by itself, or with its files in one zip."),
    ),
}
