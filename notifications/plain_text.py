"""The plain text of an email, derived from its HTML, so that each message has one source."""

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter

# Mail programs recognise this line, with its space, as the start of a signature (RFC 3676).
SIGNATURE = "-- "
BLOCKS = {"p", "li", "div", "td", "body", "h1", "h2", "h3", "br", "hr", "ul", "ol", "blockquote"}


def plain_text(html: str) -> str:
    """Return the email as plain text: title, text and action, then the site's name and the footer as a signature."""
    soup = BeautifulSoup(html, "html.parser")
    # Tables only lay emails out.
    for element in soup.find_all(["table", "tbody", "tr"]):
        element.unwrap()
    for cell in soup.find_all("td"):
        cell.name = "div"
    signature = [_converted(cell.extract()) for cell in soup.select(".name, .foot")]
    text = _converted(soup)
    return "\n".join([f"{text}\n", SIGNATURE, *signature]) if signature else text


def _converted(element: Tag) -> str:
    text = PlainConverter().convert_soup(element)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()


class PlainConverter(MarkdownConverter):
    """Markdown for readers instead of parsers: nothing escaped, and no marks for headings, emphasis and links."""

    class Options:
        bullets = "-"
        escape_asterisks = False
        escape_underscores = False
        strong_em_symbol = ""
        # Replaces the line breaks of the source, and adds none.
        wrap = True
        wrap_width = None

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        text = super().process_text(el, parent_tags)
        return text.lstrip() if el.previous_sibling and el.previous_sibling.name == "br" else text

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        return self.convert_p(el, text, parent_tags)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text, address = text.strip(), el.get("href", "").removeprefix("mailto:")
        if not address or text in {"", address}:
            return text or address
        if "button" in el.get("class", []):
            return f"{text}:\n{address}"
        if not _fills_its_line(el):
            return f"{text} ({address})"
        return f"{text}\n{address}" if el.parent.name == "li" else f"{text}: {address}"


def _fills_its_line(link: Tag) -> bool:
    before = next((side for side in link.previous_siblings if str(side).strip()), None)
    after = next((side for side in link.next_siblings if str(side).strip()), None)
    return link.parent.name in BLOCKS and all(side is None or side.name in BLOCKS for side in (before, after))
