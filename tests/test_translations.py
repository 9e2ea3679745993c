"""Both languages are complete: every new message needs its translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

from .test_architecture import FLOORS

BASE = Path(settings.BASE_DIR)
CATALOGUES = [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po"))]
# English has a catalogue only for packages' messages that we word differently.
TRANSLATIONS = [path for path in CATALOGUES if path.parent.parent.name != settings.LANGUAGE_CODE]
# Every app has a floor, so none is missed.
ROOMS = sorted(FLOORS.keys() & {path.name for path in BASE.iterdir()})
SCRIPTS = sorted((BASE / "static" / "js").glob("*.js"))

# The positions of context, message and plural in the arguments of each gettext function; None if absent.
PARTS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALL = re.compile(rf"\b(?:{'|'.join(PARTS)})\(")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Message = tuple[str | None, str, str | None]


def catalogue(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def messages_of(tree: ast.AST) -> Iterator[Message]:
    """Yield the messages of gettext calls in the tree, except computed ones."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        parts = PARTS.get(name.removesuffix("_lazy").removesuffix("_noop"))
        if parts:
            context, message, plural = (
                None if place is None else getattr(node.args[place], "value", None) for place in parts
            )
            if isinstance(message, str):
                yield context, message, plural


def messages_of_template(source: str) -> Iterator[Message]:
    # Django converts a template into gettext calls and masks the rest. Each call ends at the first bracket that makes
    # it valid Python.
    calls = templatize(source)
    for start in (match.start() for match in CALL.finditer(calls)):
        for end in (match.end() for match in re.finditer(r"\)", calls[start:])):
            try:
                yield from messages_of(ast.parse(calls[start : start + end], mode="eval"))
            except SyntaxError:
                continue
            break


def all_messages() -> dict[Message, Path]:
    found = {}
    for room in ROOMS:
        for path in sorted((BASE / room).rglob("*.py")):
            if "migrations" not in path.parts:
                found.update(dict.fromkeys(messages_of(ast.parse(path.read_text())), path))
    for path in sorted((BASE / "templates").rglob("*.*")):
        found.update(dict.fromkeys(messages_of_template(path.read_text()), path))
    return found


def test_every_language_has_a_catalogue():
    codes = {code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    assert {path.parent.parent.name for path in TRANSLATIONS} == codes


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_nothing_is_left_untranslated_or_in_doubt(path):
    assert [entry.msgid for entry in catalogue(path) if entry.fuzzy or not all(texts(entry))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_a_translation_fills_in_what_its_message_fills_in(path):
    for entry in catalogue(path):
        # A singular may omit its number, so the plural gives the expected placeholders.
        expected = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in texts(entry):
            assert sorted(PLACEHOLDER.findall(text)) == expected, entry.msgid


@pytest.mark.parametrize("path", TRANSLATIONS, ids=str)
def test_every_message_of_code_and_templates_is_translated(path):
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in catalogue(path)}
    missing = {message[1]: str(place) for message, place in all_messages().items() if message not in known}
    assert missing == {}


def test_english_is_written_anew_only_where_a_package_wrote_it():
    (path,) = set(CATALOGUES) - set(TRANSLATIONS)
    assert {entry.msgid for entry in catalogue(path)} <= {message[1] for message in messages_of(packages_texts())}


def packages_texts() -> ast.AST:
    return ast.parse((BASE / "community" / "sign_in" / "allauth_texts.py").read_text())


@pytest.mark.parametrize("path", TRANSLATIONS, ids=str)
def test_the_editor_for_translators_speaks_every_language(path):
    package = Path(apps.get_app_config("wagtail_localize").path, "locale/en/LC_MESSAGES/djangojs.po")
    own = {entry.msgid: entry.msgstr for entry in catalogue(path.with_name("djangojs.po")) if not entry.fuzzy}
    assert [entry.msgid for entry in catalogue(package) if not own.get(entry.msgid)] == []
    assert {said.count("%s") - asked.count("%s") for asked, said in own.items()} == {0}


def test_gettext_goes_by_names_that_the_extraction_knows():
    sources = [path for room in ROOMS for path in (BASE / room).rglob("*.py")]
    assert [str(path) for path in sources if re.search(r"gettext\w* as (?!_$)", path.read_text(), re.M)] == []


def test_a_field_name_survives_the_capital_that_python_gives_it():
    """Field labels are verbose names that Python capitalises, which turns i into I and not İ."""
    (path,) = (path for path in CATALOGUES if path.parent.parent.name == "tr")
    assert [entry.msgid for entry in catalogue(path) if entry.msgid[0].islower() and entry.msgstr[:1] == "i"] == []


# Text and spoken attributes of a template outside of gettext.
UNSPOKEN = re.compile(
    r"\{% (blocktrans(?:late)?|comment)\b.*?%\}.*?\{% end\1 %\}|\{#.*?#\}|<!--.*?-->|<(style|svg)\b.*?</\2>|&\w+;", re.S
)
LANGUAGE_OF_TEMPLATES = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:alt|title|placeholder|aria-label|aria-description)=\"([^\"]*)\"")
# These blocks contain class names, not text.
CLASSES = re.compile(r"\{% block \w*class\w* %\}.*?\{% endblock %\}", re.S)
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_words(source: str) -> list[str]:
    """Return the words of a template that are not translated."""
    said = LANGUAGE_OF_TEMPLATES.sub("", UNSPOKEN.sub(" ", CLASSES.sub(" ", source)))
    texts = [*SPOKEN_ATTRIBUTE.findall(said), re.sub(r"<[^>]*>", " ", said)]
    return [word for text in texts for word in WORD.findall(text)]


def test_templates_say_nothing_past_gettext():
    assert bare_words('<p title="Look">{% translate "Yes" %} <b>No</b></p>') == ["Look", "No"]
    # The gallery is for developers, and its examples are in several languages on purpose.
    paths = [path for path in (BASE / "templates").rglob("*.*") if path.name != "gallery.html"]
    assert {str(path): words for path in paths if (words := bare_words(path.read_text()))} == {}


WORD_ASKED = re.compile(r"words\.get\(\"([\w-]+)\"\)")
SENTENCE = re.compile(r"""(["'`])([A-Z][a-z]+(?: [\w,’]+)+)[.!?…]?\1""")


def test_scripts_take_their_words_from_the_page():
    """Scripts have no words of their own, and use only words that the page provides."""
    brought = (BASE / "templates" / "practices" / "writing" / "js_words.html").read_text()
    asked = {word for path in SCRIPTS for word in WORD_ASKED.findall(path.read_text())}
    assert asked
    assert {word for word in asked if f'data-word="{word}">{{% translate' not in brought} == set()
    own = {
        f"{path.name}: {match[2]}"
        for path in SCRIPTS
        for line in path.read_text().splitlines()
        if not line.lstrip().startswith("//")
        for match in SENTENCE.finditer(line)
        if "Error(" not in line
    }
    assert own == set()
