"""Related practices: most similar first, with the reason, and none that the reader may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser

from groups.practices.page.related import related_to

from ....factories import member
from ...factories import PracticeFactory

pytestmark = pytest.mark.django_db


def test_the_most_similar_first_and_why():
    about = {"published": True, "summary": ""}
    read = PracticeFactory(title="Climate lab", subjects=["maths"], pillars=["agency"], age_min=11, age_max=14, **about)
    PracticeFactory(title="Far away", subjects=["music"], pillars=["leadership"], **about)
    PracticeFactory(title="Same pillar", subjects=["music"], pillars=["agency"], **about)
    PracticeFactory(title="Same subject", subjects=["maths"], pillars=["leadership"], **about)
    PracticeFactory(title="A climate diary", subjects=["maths"], pillars=["agency"], age_min=13, age_max=16, **about)
    found = [(item.practice.title, item.why) for item in related_to(read, member())]
    assert found == [
        ("A climate diary", "in common: Mathematics · ages 13–14 · “climate”"),
        ("Same subject", "in common: Mathematics"),
        ("Same pillar", "in common: Student agency"),
    ]


def test_nothing_hidden_is_proposed(personas):
    read = PracticeFactory(published=True, public=True)
    PracticeFactory(published=True, title="NEEDLE-MEMBERS")
    PracticeFactory(public=True, title="NEEDLE-DRAFT")
    PracticeFactory(published=True, public=True, title="Public")
    for user in (AnonymousUser(), personas.lapsed, personas.outsider):
        assert [item.practice.title for item in related_to(read, user)] == ["Public"]
    assert {item.practice.title for item in related_to(read, personas.member)} == {"NEEDLE-MEMBERS", "Public"}
