"""Text folding for search, identical on both databases."""

import unicodedata

_TURKISH = str.maketrans("İIıŞşĞğÜüÖöÇç", "iiissgguuoocc")


def fold(text: str) -> str:
    """Lower-case and strip diacritics: 'IŞIK', 'ışık' and 'isik' fold to the same word."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_TURKISH))
    return "".join(c for c in decomposed.casefold() if not unicodedata.combining(c))
