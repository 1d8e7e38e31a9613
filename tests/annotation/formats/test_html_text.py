"""HTML from strangers: nothing in it runs, and its text is the same for everybody."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.formats.html_nesting import TooDeep, check_nesting
from annotation.formats.html_text import TAGS, Unstable, is_clean, sanitise, shown, text_of
from tests.annotation.formats.attacks import ATTACKS

_PARTS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in sorted(TAGS)),
        *(f"</{tag}>" for tag in sorted(TAGS)),
        *(
            "<pre>\n",
            "\r\n",
            "\r",
            "&#13;",
            "&#10;",
            "&amp;",
            "&lt;b&gt;",
            "&nbsp;",
            "&am",
            "p;",
            "<",
            ">",
            '"',
        ),
        *(
            "<svg>",
            "</svg>",
            "<math>",
            "<mi>",
            "<a href=x>",
            "</a>",
            "<form>",
            "<select>",
            "<option>",
            "<style>",
        ),
        *(
            "</style>",
            "<textarea>",
            "<title>",
            "<!--",
            "-->",
            "<td colspan='2'>",
            "<p dir=rtl lang=zh>",
            "\f",
        ),
        *(
            "<button>",
            "<nobr>",
            "</nobr>",
            "<template>",
            "</template>",
            "<plaintext>",
            "<frameset>",
            "<body>",
        ),
    ]
)
MARKUP = st.lists(_PARTS | st.text(max_size=5), max_size=25).map("".join)


class Reader(HTMLParser):
    """The text between tags, as another parser finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("html", ATTACKS)
def test_an_attack_leaves_nothing_that_runs(html: str) -> None:
    kept = sanitise(html)
    assert is_clean(kept)
    assert not re.search(r"<[^>]*(on\w+=|src|href|style=|javascript)", kept, re.IGNORECASE)
    if (text := ATTACKS[html]) is not None:
        assert text_of(kept) == text


@given(MARKUP)
def test_cleaning_again_changes_nothing(html: str) -> None:
    try:
        kept = sanitise(html)
    except Unstable:
        return
    assert sanitise(kept) == kept
    assert is_clean(kept)
    assert "\r" not in kept


@given(MARKUP)
def test_another_parser_reads_the_same_text(html: str) -> None:
    try:
        kept = sanitise(html)
    except Unstable:
        return
    reader = Reader()
    reader.feed(kept)
    reader.close()
    assert text_of(kept) == reader.text


@given(st.text())
def test_text_without_markup_stays_as_it_is(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert text_of(sanitise(escaped)) == plain


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<h1>A</h1><p>b<br/>c", "<h1>A</h1><p>b<br>c</p>"),
        (
            "<table><tr><td colspan=2>a</table>",
            '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>',
        ),
        ("<pre>\r\n\r\na\r\n</pre>", "<pre>a\n</pre>"),
        ("a&#13;b", "a\nb"),
        ('<ol start="3"><li>x</ol>', '<ol start="3"><li>x</li></ol>'),
        ("<p align=center>x", "<p>x</p>"),
        ('<p dir="rtl" lang="ar">x</p>', '<p dir="rtl" lang="ar">x</p>'),
        ('<p dir="sideways" lang="<">x</p>', "<p>x</p>"),
        ("see <a href='https://example.org'>this</a>", "see this"),
    ],
)
def test_structure_stays_and_decoration_goes(html: str, kept: str) -> None:
    assert sanitise(html) == kept


def test_what_was_not_stored_as_html_is_cleaned_before_it_is_shown() -> None:
    assert shown("<p>a</p>") == "<p>a</p>"
    assert shown("1 < 2 <img src=x onerror=alert(1)>") == "1 &lt; 2 "
    assert text_of("1 < 2 <img src=x onerror=alert(1)>") == "1 < 2 "


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 40_000,
        "<div></b>" * 40_000,
        "<div title='</div>'>" * 40_000,
        "<div><!--</div>-->" * 40_000,
        "<div><script></div></script>" * 40_000,
        "<div/>" * 40_000,
        "".join(f"<b lang='x{at}'>" for at in range(40_000)),
        "<b>" * 50 + "<p>x</p>" * 40_000,
        "<ul><li>" * 40_000,
        "<svg><div>" * 40_000,
    ],
    ids=lambda html: html[:20],
)
def test_html_that_is_nested_without_end_is_refused_at_once(html: str) -> None:
    begun = time.process_time()
    with pytest.raises(TooDeep):
        sanitise(html)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200 + "x" + "</div>" * 200,
        "<p>one<br>" * 20_000,
        "<ul>" + "<li>one" * 20_000 + "</ul>",
        "<table>" + "<tr><td>a<td>b" * 10_000 + "</table>",
        "<DIV a='>'><b><i>x</i></b></DIV>" * 10_000,
        "<!-- <div> -->" * 10_000,
        "<svg>" + "<path d='M0'/>" * 10_000 + "</svg>",
        "<p><b>bold</b> <i>so</i></p>" * 10_000,
        "a < b " * 10_000,
    ],
    ids=lambda html: html[:20],
)
def test_long_html_that_ends_what_it_begins_is_read(html: str) -> None:
    assert is_clean(sanitise(html))


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a a='", "<a a=", "<a" + " " * 500, "</", "<a/"])
def test_looking_at_the_nesting_takes_no_longer_than_reading(piece: str) -> None:
    begun = time.process_time()
    check_nesting(piece * 100_000)
    assert time.process_time() - begun < 3
