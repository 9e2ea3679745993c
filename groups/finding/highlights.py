"""Marks in a text what a search found there."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content.html import text_of
from content.search import fold

AROUND = 70


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the text it stands for."""
    letters, places = [], []
    for place, character in enumerate(text):
        folded = fold(character)
        letters.append(folded)
        places += [place] * len(folded)
    return "".join(letters), [*places, len(text)]


def _found(folded: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, without overlaps, in order."""
    spans = []
    for word in words:
        begin = folded.find(word)
        while begin >= 0:
            spans.append((begin, begin + len(word)))
            begin = folded.find(word, begin + len(word))
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def marked(text: str, words: list[str]) -> SafeString:
    """The text, escaped, with the folded words in it marked: `ışık` is found by `isik`."""
    folded, places = _folded(text)
    parts, done = [], 0
    for begin, end in _found(folded, words):
        first, last = places[begin], places[end - 1] + 1
        if first >= done:
            parts += [escape(text[done:first]), "<mark>", escape(text[first:last]), "</mark>"]
            done = last
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 every part is escaped


def excerpt(html_texts: list[str], words: list[str]) -> SafeString:
    """A piece of the first text that has one of the words, with the words marked; empty when none has."""
    for html in html_texts:
        text = " ".join(text_of(html).split())
        folded, places = _folded(text)
        spans = _found(folded, words)
        if spans:
            begin, end = places[spans[0][0]], places[spans[0][1] - 1]
            first = text.rfind(" ", 0, max(0, begin - AROUND)) + 1
            last = text.find(" ", end + AROUND)
            piece = text[first : last if last > 0 else len(text)]
            before, after = "… " if first else "", " …" if last > 0 else ""
            return mark_safe(before + marked(piece, words) + after)  # noqa: S308 marked() escapes
    return mark_safe("")
