"""Alphabetical order in the reader's language.

Python sorts by code point, which puts Çek Cumhuriyeti after Zambiya. A full collation library (ICU) is a 30 MB binary,
and names of countries and schools need much less. Keys compare, in this order:

1. the letters, ignoring accents and case, except letters that the reader's alphabet counts as separate (`ALPHABETS`):
   in Turkish ç sorts after every c, and ı before i; elsewhere ç sorts with c;
2. the accents, if all letters are equal (é after e);
3. the text itself, so that the order is deterministic.

Languages not in `ALPHABETS` use the Latin order. To add one, list its letters in order.
"""

import unicodedata

from django.utils.translation import get_language

ALPHABETS = {"tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz"}
_DOTS = str.maketrans("Iİ", "ıi")

SortKey = tuple[list[tuple[int, str]], str, str]


def sort_key(text: str, language: str | None = None) -> SortKey:
    """Return the sort key of a text, as in `sorted(names, key=sort_key)`; `language` defaults to the reader's."""
    code = (language or get_language() or "").partition("-")[0]
    alphabet = ALPHABETS.get(code, "")
    small = (text.translate(_DOTS) if code == "tr" else text).casefold()
    # Casefolding splits İ into i and a combining dot.
    small = unicodedata.normalize("NFC", small)
    return [weight for letter in small for weight in _weights(letter, alphabet)], small, text


def _weights(letter: str, alphabet: str) -> list[tuple[int, str]]:
    """Weight a letter: punctuation, then digits, then letters, with foreign letters after the reader's alphabet."""
    if letter in alphabet:
        return [(2, chr(alphabet.index(letter)))]
    plain = [char for char in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(char)]
    weights = []
    for char in plain:
        if char in alphabet:
            weights.append((2, chr(alphabet.index(char))))
        elif char == "ı":
            weights.append((2, "i"))
        elif char.isalpha():
            weights.append((2 if not alphabet else 3, char))
        else:
            weights.append((1 if char.isdigit() else 0, char))
    return weights
