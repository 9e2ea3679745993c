"""Plain-text fallback for rich text when JavaScript is off, with Markdown-like markers."""

import re
from html import unescape
from typing import TYPE_CHECKING

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from content.html import clean

from ..models import Practice

if TYPE_CHECKING:
    from .forms import PracticeForm

_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_NUMBERED = re.compile(r"\d+[.)]\s+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def plain_of(html: str) -> str:
    """Convert sanitised HTML to text: blank lines between paragraphs, "- " and "1. " for items, "# " for headings."""
    html = _LINK.sub(lambda link: link[2] if link[1] in link[2] else f"{link[2]} ({link[1]})", html)
    html = re.sub(r"<ol\b[^>]*>(.*?)</ol>", _numbered, html, flags=re.DOTALL)
    html = re.sub(r"<li\b[^>]*>", "\n- ", html)
    html = re.sub(r"<br\s*/?>", "\n", html)
    html = re.sub(r"<h3\b[^>]*>", "\n\n# ", html)
    html = re.sub(r"<h4\b[^>]*>", "\n\n## ", html)
    html = re.sub(r"</?(?:p|ul|ol|blockquote|pre|h[34]|hr)\b[^>]*>", "\n\n", html)
    text = unescape(re.sub(r"<[^>]+>", "", html))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()


def _numbered(match: re.Match) -> str:
    items = re.findall(r"<li\b[^>]*>(.*?)</li>", match[1], re.DOTALL)
    return "\n\n" + "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1)) + "\n\n"


def html_of(text: str) -> str:
    """Convert plain text to sanitised HTML, the inverse of `plain_of`; markup in the text is escaped."""
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())]
    return clean("".join(_block([line.strip() for line in lines]) for lines in blocks if lines))


def _block(lines: list[str]) -> str:
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(_NUMBERED.match(line) for line in lines):
        return "<ol>" + "".join(f"<li>{_inline(_NUMBERED.sub('', line, count=1))}</li>" for line in lines) + "</ol>"
    for sign, tag in (("## ", "h4"), ("# ", "h3")):
        if len(lines) == 1 and lines[0].startswith(sign):
            return f"<{tag}>{_inline(lines[0].removeprefix(sign))}</{tag}>"
    return "<p>" + "<br>".join(map(_inline, lines)) + "</p>"


def _inline(text: str) -> str:
    return _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', escape(text))


class PlainTextFallback:
    """Adds a plain-text field for each rich text of a form, for browsers without JavaScript. It replaces the formatted
    text only if it was edited."""

    def __init__(self, form: "PracticeForm") -> None:
        self.form = form
        self.names = [name for name in Practice.TEXTS if name in form.fields]
        for name in self.names:
            text = plain_of(getattr(form.instance, name))
            form.fields[f"{name}_plain"] = forms.CharField(
                required=False,
                label=form.fields[name].label,
                help_text=_("Leave a blank line between paragraphs, and start each line of a list with “- ”."),
                widget=forms.Textarea({"rows": 8}),
            )
            form.initial[f"{name}_plain"] = text
            if form.is_bound:
                self._take(name, text)

    def _take(self, name: str, before: str) -> None:
        typed = self.form.data.get(f"{name}_plain")
        if typed is not None and typed.replace("\r\n", "\n").strip() != before:
            self.form.data = self.form.data.copy()
            self.form.data[name] = html_of(typed)

    def bound(self, name: str) -> forms.BoundField | None:
        """Return the plain-text field for a rich text, if any."""
        return self.form[f"{name}_plain"] if name in self.names else None
