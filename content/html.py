"""Sanitise members' HTML with two independent parsers, nh3 and bleach (frozen), using the same allow-list."""

import re
from html import unescape

import bleach
import nh3
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.translation import gettext as _

TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "h3", "h4", "blockquote", "code", "pre", "hr"}
ATTRIBUTES = {"a": {"href", "title"}}
PROTOCOLS = {"http", "https", "mailto"}
# Elements whose text is code rather than readable content.
CODE = {"script", "style", "template", "noscript", "iframe", "noembed", "noframes"}

# Both parsers are quadratic in nested elements: 20 KB of "<ul><li>" kept bleach busy for five seconds. Real texts stay
# far below these limits.
MAX_LENGTH = 100_000
MAX_MARKS = 5_000
MAX_DEPTH = 50

# The editor wraps every list item in a paragraph.
_PARAGRAPH_IN_ITEM = re.compile(r"<li>\s*<p>((?:(?!</?(?:p|li)>).)*)</p>\s*</li>", re.DOTALL)
# Stripping a tag keeps its text, so adjacent cells and rows would run together. Existing whitespace is kept, which
# makes cleaning idempotent.
_CELL = re.compile(r"(</(?:td|th)\s*>)(?!\s)", re.IGNORECASE)
_ROW = re.compile(r"(</(?:tr|caption|div|dt|dd)\s*>)(?!\s)", re.IGNORECASE)
_EMPTY = re.compile(r"(?:\s|<p>|</p>|<br>|&nbsp;)*")
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_VOID = {"br", "hr"}


def refusal_of(html: str) -> str:
    """Return the reason HTML is too large or too complex to clean, as a sentence; empty if it is fine."""
    if len(html) > MAX_LENGTH:
        return _("This is too long: %(length)s characters including formatting; the limit is %(limit)s.") % {
            "length": f"{len(html):,}",
            "limit": f"{MAX_LENGTH:,}",
        }
    if html.count("<") + html.count("&") > MAX_MARKS or _depth(_first_pass(html)) > MAX_DEPTH:
        return _("This has too much formatting. Paste it again as plain text.")
    return ""


def clean(html: str) -> str:
    """Return the allowed part of members' HTML; plain text becomes paragraphs, nothing visible becomes ''.

    HTML that `refusal_of` rejects is escaped and shown as typed. Idempotent.
    """
    if not html:
        return ""
    if refusal_of(html):
        return linebreaks(escape(html))
    html = bleach.clean(
        _first_pass(html),
        tags=TAGS,
        attributes={k: list(v) for k, v in ATTRIBUTES.items()},
        protocols=PROTOCOLS,
        strip=True,
    )
    html = _nh3(html)
    html = _PARAGRAPH_IN_ITEM.sub(r"<li>\1</li>", html)
    if _EMPTY.fullmatch(html):
        return ""
    return html if "<" in html else linebreaks(html)


def _first_pass(html: str) -> str:
    apart = _ROW.sub(r"\1\n", _CELL.sub(r"\1 ", html))
    return _nh3(apart, clean_content_tags=CODE)


def _nh3(html: str, **options: set[str]) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=PROTOCOLS, link_rel="nofollow ugc noopener", **options
    )


def _depth(html: str) -> int:
    """Return the nesting depth of well-formed HTML."""
    depth = deepest = 0
    for closes, tag in _ELEMENT.findall(html):
        if tag not in _VOID:
            depth += -1 if closes else 1
            deepest = max(deepest, depth)
    return deepest


def text_of(html: str) -> str:
    """Return the plain text of some HTML, for search and excerpts."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())
