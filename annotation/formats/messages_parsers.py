"""What the parsers of JSON, XML and CSV say of broken input, so that gettext finds it.

They put it in English, as `problem`; the layer above looks it up. What is not listed here stays English.
Sources: CPython's `json/decoder.py` and `_csv.c`, expat's `xmlparse.c`.
"""

from annotation.formats.message import gettext_noop

AT = gettext_noop("%(said)s (line %(row_line)s of the row, column %(column)s)")
"""A parser's words and where in the row it stopped."""
TOO_MANY_DIGITS = gettext_noop("a number has too many digits")
PARSERS = (
    gettext_noop("Expecting value"),
    gettext_noop("Expecting property name enclosed in double quotes"),
    gettext_noop("Expecting ':' delimiter"),
    gettext_noop("Expecting ',' delimiter"),
    gettext_noop("Illegal trailing comma before end of object"),
    gettext_noop("Illegal trailing comma before end of array"),
    gettext_noop("Unterminated string starting at"),
    gettext_noop("Invalid control character at"),
    gettext_noop("Invalid \\escape"),
    gettext_noop("Invalid \\uXXXX escape"),
    gettext_noop("Extra data"),
    gettext_noop("syntax error"),
    gettext_noop("no element found"),
    gettext_noop("not well-formed (invalid token)"),
    gettext_noop("unclosed token"),
    gettext_noop("mismatched tag"),
    gettext_noop("duplicate attribute"),
    gettext_noop("junk after document element"),
    gettext_noop("undefined entity"),
    gettext_noop("reference to invalid character number"),
    gettext_noop("XML or text declaration not at start of entity"),
    gettext_noop("unclosed CDATA section"),
    gettext_noop("unbound prefix"),
    gettext_noop("unexpected end of data"),
    gettext_noop("',' expected after '\"'"),
    gettext_noop("'\t' expected after '\"'"),
)
