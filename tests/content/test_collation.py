import random

import pytest

from content.collation import sort_key

TURKISH = ["1. Okul", "Ağaç", "Almanya", "Cami", "Çınar", "Deniz", "Gül", "Ğ", "Irak", "Isparta", "İngiltere", "İzmir"]
TURKISH += ["Okul", "Öğretmen", "Portekiz", "Quimper", "Rize", "Sivas", "Şırnak", "Uşak", "Ürdün", "Zambiya"]
ENGLISH = [
    "(Beta)",
    "1st",
    "Åland Islands",
    "Albania",
    "cote",
    "Côte",
    "Czechia",
    "élan",
    "Estonia",
    "Ireland",
    "İzmir",
]
ENGLISH += ["Türkiye", "Ukraine", "Zambia"]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("language", "ordered"),
    [("tr", [name for name in TURKISH if name != "Quimper"]), ("en", ENGLISH), ("de", ENGLISH)],
)
def test_the_order_of_the_alphabet(language, ordered, seed):
    mixed = random.Random(seed).sample(ordered, len(ordered))
    assert sorted(mixed, key=lambda name: sort_key(name, language)) == ordered


def test_letters_of_other_alphabets_stand_behind_turkish_ones():
    names = ["Zambiya", "Okul", "Школа", "ქართული", "Σχολείο"]
    assert sorted(names, key=lambda name: sort_key(name, "tr"))[:2] == ["Okul", "Zambiya"]


def test_q_w_and_x_have_a_place_in_turkish():
    names = ["Rize", "Quimper", "Porto", "Yozgat", "Xanthi", "Van", "Wroclaw"]
    assert sorted(names, key=lambda name: sort_key(name, "tr")) == [
        *("Porto", "Quimper", "Rize", "Van", "Wroclaw", "Xanthi", "Yozgat")
    ]


def test_accents_decide_only_between_the_same_letters():
    names = ["ılık", "ilik", "ılıkça", "Ilıca", "İlik"]
    ordered = sorted(names, key=lambda name: sort_key(name, "tr"))
    assert (ordered[:3], set(ordered[3:])) == (["Ilıca", "ılık", "ılıkça"], {"ilik", "İlik"})
    assert sorted(["résumé", "resumes", "resume"], key=lambda name: sort_key(name, "fr")) == [
        *("resume", "résumé", "resumes")
    ]
