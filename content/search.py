"""Search that treats İ, I, ı and i alike, on both databases."""

import unicodedata
from collections.abc import Iterable

from django.db.models import Count, QuerySet, Value, Window
from django.db.models.functions import StrIndex
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community.folding import fold

MAX_QUERY = 200


def words_of(query: str) -> list[str]:
    """Return the folded words of a query. Punctuation separates words; text beyond MAX_QUERY characters is ignored."""
    folded = fold(query[:MAX_QUERY])
    return "".join(c if c.isalnum() else " " for c in folded).split()


def matching(queryset: QuerySet, query: str) -> QuerySet:
    """Return rows whose `search_text` contains every word of the query; none for a query without words."""
    words = words_of(query)
    if not words:
        return queryset.none()
    for word in words:
        queryset = queryset.filter(search_text__contains=word)
    return queryset


def ranked(queryset: QuerySet, query: str) -> QuerySet:
    """Return `matching` rows, those with the earliest occurrence of the first word first, because titles open the text.

    Annotates `found_at`, counted from 1, and `total`, the number of matches before slicing.
    """
    words = words_of(query)
    found = matching(queryset, query)
    if not words:
        return found
    order = queryset.query.order_by or queryset.model._meta.ordering
    return found.annotate(found_at=StrIndex("search_text", Value(words[0])), total=Window(Count("pk"))).order_by(
        "found_at", *order, "pk"
    )


def marked(text: str, query: str) -> SafeString:
    """Escape the text and mark the query's words in it, however they were typed."""
    spans = _spans(text, words_of(query))
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 each piece of the text is escaped


def excerpt(texts: Iterable[str], query: str, around: int = 90) -> str:
    """Return an excerpt around the first match in the first matching text; empty if none matches."""
    words = words_of(query)
    for text in texts:
        if spans := _spans(text, words):
            start, stop = spans[0]
            before, after = max(0, start - around), min(len(text), stop + around)
            # Extend to whole words.
            while before and not text[before - 1].isspace():
                before -= 1
            while after < len(text) and not text[after].isspace():
                after += 1
            return ("… " if before else "") + text[before:after].strip() + (" …" if after < len(text) else "")
    return ""


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return the spans of the words in the text, in order, merged where they overlap or touch."""
    folded, places = [], []
    for place, character in enumerate(text):
        letters = fold(character)
        folded.append(letters)
        places += [place] * len(letters)
    whole = "".join(folded)
    found = []
    for word in set(words):
        start = whole.find(word)
        while start >= 0:
            found.append((places[start], places[start + len(word) - 1] + 1))
            start = whole.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        # Include combining accents that follow the match.
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
