"""Search that finds the same things however İ, I, ı and i were typed, on both databases."""

import unicodedata
from collections.abc import Iterable

from django.db.models import Count, QuerySet, Value, Window
from django.db.models.functions import StrIndex
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from community.folding import fold

MAX_QUERY = 200


def words_of(query: str) -> list[str]:
    """The folded words of a query; punctuation separates, and whatever is past MAX_QUERY characters is ignored."""
    folded = fold(query[:MAX_QUERY])
    return "".join(c if c.isalnum() else " " for c in folded).split()


def matching(queryset: QuerySet, query: str) -> QuerySet:
    """Rows whose `search_text` contains every word of the query; no row for a query without words."""
    words = words_of(query)
    if not words:
        return queryset.none()
    for word in words:
        queryset = queryset.filter(search_text__contains=word)
    return queryset


def ranked(queryset: QuerySet, query: str) -> QuerySet:
    """`matching` rows, first those whose text has the first word earliest: titles open a text.

    Annotates `found_at`, from 1, and `total`, how many rows match, however few of them are read.
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
    """The text, escaped, with the words of the query marked as they stand in it, however they were typed."""
    spans = _spans(text, words_of(query))
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 each piece of the text is escaped


def excerpt(texts: Iterable[str], query: str, around: int = 90) -> str:
    """Where the first of the texts that has a word of the query has it; empty when none does."""
    words = words_of(query)
    for text in texts:
        if spans := _spans(text, words):
            start, stop = spans[0]
            before, after = max(0, start - around), min(len(text), stop + around)
            # Whole words only.
            while before and not text[before - 1].isspace():
                before -= 1
            while after < len(text) and not text[after].isspace():
                after += 1
            return ("… " if before else "") + text[before:after].strip() + (" …" if after < len(text) else "")
    return ""


def _spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order, none overlapping another."""
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
        # An accent that is a character of its own belongs to the letter before it.
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged
