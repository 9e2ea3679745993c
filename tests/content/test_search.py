"""Words are found however they are typed, with the same results on both databases."""

import pytest

from content.search import MAX_QUERY, excerpt, fold, marked, matching, words_of
from groups.practices.models import Practice

from ..groups.factories import PracticeFactory


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        *[(word, "isik") for word in ("IŞIK", "ışık", "isik", "Işık", "ISIK", "İşİk")],
        *[(word, "istanbul") for word in ("İstanbul", "istanbul", "ISTANBUL", "Istanbul", "I\u0307stanbul")],
        ("Çağrı Öğüt", "cagri ogut"),
        ("Straße", "strasse"),
        ("Ἀθῆναι", "αθηναι"),
        ("ﬁn", "fin"),
        ("", ""),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("  Işık,  günleri! ", ["isik", "gunleri"]),
        ("%_\\'\";--", []),
        ("…", []),
        ("a" * 5000, ["a" * MAX_QUERY]),
        ("e-twinning", ["e", "twinning"]),
    ],
)
def test_words_of(query, words):
    assert words_of(query) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        *[(word, {"IŞIK günleri"}) for word in ("IŞIK", "ışık", "isik", "Işık", "gun ISIK")],
        *[(word, {"İstanbul'da ışınlar"}) for word in ("İstanbul", "istanbul", "ISTANBUL", "istanbul'da")],
        ("gunleri istanbul", set()),
        ("%", set()),
        ("!?", set()),
        ("", set()),
        ("x" * 5000, set()),
        ("is", {"IŞIK günleri", "İstanbul'da ışınlar"}),
    ],
)
def test_matching(query, found):
    for title in ("IŞIK günleri", "İstanbul'da ışınlar", "Rivers"):
        PracticeFactory(title=title, summary="")
    assert {practice.title for practice in matching(Practice.objects.all(), query)} == found


@pytest.mark.parametrize(
    ("text", "query", "marked_up"),
    [
        ("Ayşe Işık", "isik", "Ayşe <mark>Işık</mark>"),
        ("Ayşe Işık", "IŞIK ayse", "<mark>Ayşe</mark> <mark>Işık</mark>"),
        ("İstanbul", "istan", "<mark>İstan</mark>bul"),
        ("Straße & Brücke", "strasse brucke", "<mark>Straße</mark> &amp; <mark>Brücke</mark>"),
        ("cafe\u0301 bar", "cafe", "<mark>cafe\u0301</mark> bar"),
        ("ﬁne words", "fine", "<mark>ﬁne</mark> words"),
        ("<b>okul</b>", "okul b", "&lt;<mark>b</mark>&gt;<mark>okul</mark>&lt;/<mark>b</mark>&gt;"),
        ("okulokul", "okul", "<mark>okulokul</mark>"),
        ("Ἀθῆναι ΟΔΟΣ", "αθηναι οδος", "<mark>Ἀθῆναι</mark> <mark>ΟΔΟΣ</mark>"),
        ("nothing", "?!", "nothing"),
        ("", "okul", ""),
    ],
)
def test_matches_are_marked_as_they_stand_in_the_text(text, query, marked_up):
    assert marked(text, query) == marked_up


def test_an_excerpt_shows_whole_words_around_the_match():
    text = "one two three four IŞIK six seven eight"
    assert excerpt(["none here", text], "isik", around=8) == "… three four IŞIK six seven …"
    assert excerpt([text], "one", around=200) == text
    assert excerpt([text], "nine") == ""
