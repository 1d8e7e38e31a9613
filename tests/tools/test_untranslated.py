"""Words that no catalogue holds are found, and only those."""

from pathlib import Path

import pytest

from tools import untranslated
from tools.lit_templates import HOLE, templates


@pytest.mark.parametrize(
    "template",
    [
        "<p>Hello</p>",
        "<p>您好</p>",
        '<button aria-label="Close">×</button>',
        '<input placeholder="Search {{ name }}">',
        "<p>{% if x %}Two words{% endif %}</p>",
        "{% translate 'Name' %}: plain",
    ],
)
def test_bare_words_of_a_template_are_found(template: str) -> None:
    assert untranslated.in_template(template)


@pytest.mark.parametrize(
    "template",
    [
        "<p>{% translate 'Hello' %}</p>",
        "{% blocktranslate with n=n %}<b>{{ n }}</b> items{% endblocktranslate %}",
        "{# a note #}{% comment %}More{% endcomment %}<p>{{ name }} · 3</p>",
        "<script>let words = 'Hello';</script><kbd>Ctrl</kbd>",
        '<tr{% if x %} class="is-weak"{% endif %}><td>{{ x }}</td></tr>',
        "{% block main_class %}page-narrow{% endblock main_class %}",
        '<p class="lead" data-x="words">Assay, JSON &middot; v{{ n }}</p>',
    ],
)
def test_what_is_translated_is_let_be(template: str) -> None:
    assert not untranslated.in_template(template)


def test_the_line_is_told() -> None:
    assert untranslated.in_template("<p>\n{% translate 'a' %}\n\n<b>Bare words</b></p>") == [
        (4, "Bare words")
    ]


def test_the_html_of_a_source_is_read_with_what_is_inside_expressions() -> None:
    source = 'const a = html`<p title=${t("x")}>${on ? html`<b>${{ a: "}" }.a}</b>` : `}`}</p>`; // `'
    assert list(templates(source)) == [(1, f"<p title={HOLE}>{HOLE}</p>"), (1, f"<b>{HOLE}</b>")]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x = html`<p>Hello</p>`", ["Hello"]),
        ('x = html`<p>${on ? html`<i>inner words</i>` : t("a.b")}</p>`', ["inner words"]),
        ('x = html`<a aria-label="Open">${icon("x")}</a>`', ["Open"]),
        ('x = html`<a aria-label=${t("a.b")} title=${name}>${words}</a>`', []),
        ('x = html`<p>${on ? "Yes please" : "No thanks"}</p>`', ["Yes please", "No thanks"]),
        ('x = html`<p>${name || "Nobody"}: ${`${n} items`}</p>`', ["Nobody", "… items"]),
        ('x = html`<p>${all.map((one) => (one.on ? "Open now" : t("a.b")))}</p>`', ["Open now"]),
        (
            'x = html`<a title=${"Close it"} .placeholder=${on ? "Find" : ""} class=${"is-on"}>×</a>`',
            ["Close it", "Find"],
        ),
        ('x = html`<p title="${"Close it"} ${n}">${n}</p>`', ["Close it"]),
        ('x = html`<p class="a ${on ? "is-on" : ""}">${t(on ? "a.b" : "c.d")}${icon("warn")}</p>`', []),
        (
            'x = html`<p>${kind === "a" ? one : nothing}${"b" === kind ? one : two}</p><kbd>${"Esc"}</kbd>`',
            [],
        ),
        ('x = html`<p>${list.filter((one) => one.kind !== "ab").join("and")}</p>`', []),
        ('context.announce("Saved now");', ["Saved now"]),
        ('this.#say(done ? "All done" : t("a.b"), "ignored");', ["All done"]),
        ('announce(t("a.b", { n: f("xy") })); say(words);', []),
        ('made.textContent = "Copy";', ["Copy"]),
        ('made.setAttribute("aria-label", "Copy");', ["Copy"]),
        ('made.textContent = "#"; made.title = t("x");', []),
    ],
)
def test_bare_words_of_a_source_are_found(source: str, words: list[str]) -> None:
    assert [said for _line, said in untranslated.in_source(source)] == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('messages.success(request, "It is saved.")', ["It is saved."]),
        ('messages.error(request, f"{n} rows are bad")', [" …  rows are bad"]),
        ('messages.error(request, gettext("Bad.") if x else "Worse.")', ["Worse."]),
        ('messages.error(request, f"{refusal.sentence} {refusal.advice}")', []),
        ('name = forms.CharField(label="Name", help_text=_("A name."))', ["Name"]),
        ('name = serializers.CharField(help_text="For programmers.")', []),
        ('raise forms.ValidationError("Too many of {}".format(n))', ["Too many of {}"]),
        ('class Mine(Refusal):\n    title = "No"\n    code = "mine"', ["No"]),
        ('class Mine(Refusal):\n    status, title = 409, "Not now"', ["Not now"]),
        (
            'class Mine(Refusal): ...\nclass Own(Mine): ...\nraise Own("Not so", action=_("Do."), code="own")',
            ["Not so"],
        ),
        ('raise Refusal(gettext_noop("Not so"), action="Do it.", params={"x": "yy"})', ["Do it."]),
        ('raise ValueError("for programmers")', []),
    ],
)
def test_words_of_python_that_pass_no_gettext_are_found(source: str, words: list[str]) -> None:
    assert [said for _path, _line, said in untranslated.in_modules({Path("x.py"): source})] == words


def test_a_doubtful_and_a_missing_translation_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untranslated, "ROOT", tmp_path)
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(
        f'{head}msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "乙"\n\nmsgid "c"\nmsgstr "丙"\n', "utf-8"
    )
    assert [line.split(": ", 1)[1] for line in untranslated.in_catalogue(path)] == [
        "'a' is not translated",
        "'b' is fuzzy",
    ]


def test_keys_of_one_language_and_keys_that_nothing_uses_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untranslated, "ROOT", tmp_path)
    folder = tmp_path / "frontend" / "src" / "i18n"
    folder.mkdir(parents=True)
    (folder / "en.ts").write_text('  "a.one": "A",\n  "a.two": {\n  "b.c": "C",\n  "d.e": "E",\n')
    (folder / "zh-hans.ts").write_text('  "a.one": "甲",\n  "a.two": {\n  "d.e": "丁",\n')
    (folder.parent / "x.ts").write_text('t("a.one"); t(`b.${x}`); "d.e2";')
    told = list(untranslated.in_browsers_catalogues())
    assert [line.split(": ", 1)[1] for line in told] == [
        "'b.c' is only in English",
        "'a.two' is used nowhere",
        "'d.e' is used nowhere",
    ]
