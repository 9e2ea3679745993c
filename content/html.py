"""Members' HTML. Two independent parsers with the same allow-list must agree: bleach (frozen), then nh3."""

import re

import bleach
import nh3
from django.utils.html import linebreaks, strip_tags

TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "h3", "h4", "blockquote", "code", "pre", "hr"}
ATTRIBUTES = {"a": {"href", "title"}}
PROTOCOLS = {"http", "https", "mailto"}

_PARAGRAPH_IN_ITEM = re.compile(r"<li>\s*<p>(.*?)</p>\s*</li>", re.DOTALL)
_EMPTY = re.compile(r"^(\s|<p>|</p>|<br>|&nbsp;)*$")
# An element whose text is code, not something a person wrote to be read.
_CODE = re.compile(r"<(script|style|template|noscript)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def clean(html: str) -> str:
    """Return the allowed part of members' HTML; plain text becomes paragraphs, nothing visible becomes ''."""
    if html and "<" not in html:
        html = linebreaks(html)
    html = bleach.clean(
        _CODE.sub("", html),
        tags=TAGS,
        attributes={k: list(v) for k, v in ATTRIBUTES.items()},
        protocols=PROTOCOLS,
        strip=True,
    )
    html = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=PROTOCOLS, link_rel="nofollow ugc noopener")
    # The editor wraps every list item in a paragraph.
    html = _PARAGRAPH_IN_ITEM.sub(r"<li>\1</li>", html)
    return "" if _EMPTY.match(html) else html


def text_of(html: str) -> str:
    """The words of some HTML, for search and excerpts."""
    return " ".join(strip_tags(html.replace("<", " <")).split())
