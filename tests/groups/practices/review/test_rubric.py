"""The rubric: versions that reviews can rely on."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from wagtail.models import ModelLogEntry

from groups.practices.models import Criterion, Rubric
from groups.practices.review.first_rubric import FIRST
from groups.practices.review.rubric import current_rubric, ensure_rubric, revise

from ....factories import moderator

pytestmark = pytest.mark.django_db


def test_a_new_site_has_the_first_version_in_both_languages():
    rubric = ensure_rubric()
    assert rubric == current_rubric() == Rubric.objects.get()
    assert [criterion.title_en for criterion in rubric.criteria.all()] == [row["title_en"] for row in FIRST]
    assert sum(criterion.weight for criterion in rubric.criteria.all()) == 100
    assert all(row["title_tr"] and row["guidance_tr"] for row in FIRST)


def test_words_come_in_the_readers_language_and_in_english_where_they_are_missing():
    criterion = Criterion(title_en="Clear", title_tr="Açık", guidance_en="Say how.", weight=1)
    with translation.override("tr"):
        assert (criterion.title, criterion.guidance) == ("Açık", "Say how.")
    with translation.override("en"):
        assert criterion.title == "Clear"


def test_a_changed_rubric_is_a_new_version_and_the_old_one_stays():
    first = current_rubric()
    changed = list(first.criteria.all())
    changed[0].weight = 40
    second = revise(criteria=changed, by=moderator())
    assert current_rubric() == second
    assert second.number == 2
    assert Criterion.objects.get(rubric=first, sort_order=0).weight == FIRST[0]["weight"]
    assert Criterion.objects.get(rubric=second, sort_order=0).weight == 40
    assert ModelLogEntry.objects.for_instance(second).get().action == "groups.revise_rubric"


def test_the_same_words_are_no_new_version():
    first = current_rubric()
    assert revise(criteria=list(first.criteria.all()), by=moderator()) == first


@pytest.mark.parametrize("weight", [0, 101])
def test_the_database_refuses_weights_out_of_range(weight):
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.create(rubric=current_rubric(), title_en="x", guidance_en="x", weight=weight)
