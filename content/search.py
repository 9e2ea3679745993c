"""Search that finds the same things however İ, I, ı and i were typed, on both databases."""

import unicodedata

from django.db.models import QuerySet

MAX_QUERY = 200
_TURKISH = str.maketrans("İIıŞşĞğÜüÖöÇç", "iiissgguuoocc")


def fold(text: str) -> str:
    """Lower-case, without diacritics: 'IŞIK', 'ışık' and 'isik' fold to the same word."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_TURKISH))
    return "".join(c for c in decomposed.casefold() if not unicodedata.combining(c))


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
