"""The order of the alphabet of whoever reads.

Python sorts by code point: Çek Cumhuriyeti would stand behind Zambiya. A full collation library (ICU) is a binary of
30 MB; names of countries and schools need much less. The key of a text compares, in this order:

1. the letters, without accents and capitals, except the letters that the reader's alphabet holds to be letters of
   their own (`ALPHABETS`): in Turkish ç stands behind every c, and ı before i; elsewhere ç stands by c;
2. the accents, where all letters are the same (é behind e);
3. the text itself, so that the order never depends on the order before.

A language that is not in `ALPHABETS` gets the Latin order. To add one, write down its letters in their order.
"""

import unicodedata

from django.utils.translation import get_language

ALPHABETS = {"tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz"}
_DOTS = str.maketrans("Iİ", "ıi")

SortKey = tuple[list[tuple[int, str]], str, str]


def sort_key(text: str, language: str | None = None) -> SortKey:
    """What to sort texts by, as in `sorted(names, key=sort_key)`; `language` is the reader's by default."""
    code = (language or get_language() or "").partition("-")[0]
    alphabet = ALPHABETS.get(code, "")
    small = (text.translate(_DOTS) if code == "tr" else text).casefold()
    # Casefolding takes İ apart into i and a dot.
    small = unicodedata.normalize("NFC", small)
    return [weight for letter in small for weight in _weights(letter, alphabet)], small, text


def _weights(letter: str, alphabet: str) -> list[tuple[int, str]]:
    """Punctuation before digits, digits before letters; letters of other alphabets behind the reader's."""
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
