"""Rules for every template."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from notifications.topics import topics_of

from .test_architecture import FLOORS

TEMPLATES = Path(settings.BASE_DIR, "templates")
# Emails and practices saved as a file include their styles, because they are not shown on the site.
STANDALONE = {"email", "practices/practice_export.html"}
PAGES = [
    path
    for path in TEMPLATES.rglob("*.html")
    if not {path.relative_to(TEMPLATES).parts[0], str(path.relative_to(TEMPLATES))} & STANDALONE
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_has_inline_style_or_script(path):
    """The content security policy would silently block them."""
    text = path.read_text()
    assert not re.findall(r'\sstyle="|<style|\son[a-z]+="|javascript:', text)
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert [attributes for attributes in scripts if "src=" not in attributes and "application/" not in attributes] == []


def test_the_gallery_shows_every_component():
    # Parts of every page, and parts of other components.
    frame = {
        "chart_legend",
        "chart_mark",
        "chart_table",
        "filter_field",
        "form_errors",
        "icon",
        "languages",
        "logo",
        "lost_search",
        "typed_words",
        "machine_card",
        "site_footer",
        "site_header",
        "toasts",
    }
    components = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    shown = set(re.findall(r"components/(\w+)\.html", (TEMPLATES / "gallery.html").read_text()))
    assert components - shown - frame == set()


def test_every_named_icon_is_drawn():
    sprite = Path(settings.BASE_DIR, "static/icons/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = {
        name
        for path in PAGES
        for pair in re.findall(r'icon="([\w-]+)"|components/icon\.html" with name="([\w-]+)"', path.read_text())
        for name in pair
        if name
    }
    assert named - drawn == set()


def test_every_message_belongs_to_a_topic():
    """Members choose emails by topic, so an app must list its topics in <app>/messages.py."""
    mails = Path(TEMPLATES, "email")
    messages = {str(path.parent.relative_to(mails)) for path in mails.glob("*/*/subject.txt")}
    topics = topics_of(messages - {"notifications/digest"})
    assert [message for message, topic in topics.items() if topic is None] == []


def test_no_message_says_its_text_twice():
    """The plain text is derived from the HTML. Snippets that calendars share are text."""
    texts = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("**/email/**/*.txt")}
    assert {path for path in texts if not path.endswith("subject.txt")} == {
        "email/events/moment.txt",
        "email/events/when.txt",
    }


BASE = Path(settings.BASE_DIR)
STYLES = sorted((BASE / "static/css").glob("*.css"))
# Styles for class names that only packages use.
FOREIGN = re.compile(r"ProseMirror|prose-|material-icons|errorlist|htmx-|w-|wagtail|listing|button|icon|is-|no-js")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float)\s*:|text-align:\s*(?:left|right)"
)


def written() -> str:
    """Return all our templates, scripts and modules, which use the class names."""
    files = [*TEMPLATES.rglob("*.html"), *(BASE / "static/js").glob("*.js")]
    modules = [path for room in FLOORS for path in (BASE / room).rglob("*.py")]
    return "\n".join(path.read_text() for path in [*files, *modules])


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_go_by_start_and_end_not_by_left_and_right(path):
    """Logical properties, so that a right-to-left language needs no styles of its own."""
    rules = re.sub(r"/\*.*?\*/|@media[^{]*|@container[^{]*|@supports[^{]*", "", path.read_text(), flags=re.S)
    assert PHYSICAL.findall(rules) == []


def test_no_style_is_left_over():
    text = written()
    words = set(re.findall(r"[\w-]+", text))
    # A class name composed in a template: `badge--{{ tone }}`.
    beginnings = set(re.findall(r"([\w-]*[^\W_])-{1,2}\{[{%]", text))
    unused = set()
    for path in STYLES:
        if path.name.startswith(("admin", "award")):
            continue
        selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}|url\([^)]*\)", " ", path.read_text(), flags=re.S)
        for name in re.findall(r"\.([a-z][\w-]*)", selectors):
            beginning = name.rpartition("--")[0] or name.rpartition("-")[0]
            if not (FOREIGN.match(name) or name in words or beginning in beginnings):
                unused.add(f"{path.name}: .{name}")
    assert sorted(unused) == []
