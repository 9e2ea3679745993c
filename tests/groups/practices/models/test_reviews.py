"""The rungs of the review queryset, and the counts and lists that use the same conditions."""

import pytest
from django.utils import timezone

from groups.practices.models import Outcome, Review, ReviewRound
from groups.practices.review.rounds import open_round

from ....factories import UserFactory
from ..reviewing import submitted


@pytest.fixture
def reviews(db) -> dict[str, Review]:
    """Create one review of each kind in a round."""
    review_round, now = open_round(submitted()), timezone.now()
    written = {"written_at": now, "recommendation": Outcome.PUBLISH}
    kinds = {
        "unwritten": {"seat": 1},
        "handed in": {"seat": 2, **written},
        "released unwritten": {"seat": None, "released_at": now},
        "released written": {"seat": None, "released_at": now, **written},
    }
    return {
        kind: Review.objects.create(round=review_round, reviewer=UserFactory(), due_at=now, **fields)
        for kind, fields in kinds.items()
    }


@pytest.mark.parametrize(
    ("rung", "expected"),
    [
        ("held", {"unwritten", "handed in"}),
        ("unwritten", {"unwritten"}),
        ("handed_in", {"handed in"}),
        ("written", {"handed in", "released written"}),
    ],
)
def test_each_rung_returns_exactly_its_reviews(reviews, rung, expected):
    found = set(getattr(Review.objects, rung)())
    assert {kind for kind, review in reviews.items() if review in found} == expected


def test_held_by_a_person_is_theirs_and_not_released(reviews):
    assert list(Review.objects.held_by(reviews["handed in"].reviewer)) == [reviews["handed in"]]
    assert list(Review.objects.held_by(reviews["released written"].reviewer)) == []


def test_a_round_counts_and_lists_by_the_same_conditions(reviews):
    review_round = ReviewRound.objects.with_progress().get()
    assert (review_round.taken, review_round.written) == (2, 1)
    assert review_round.held_reviews == [reviews["unwritten"], reviews["handed in"]]
    assert review_round.handed_in == [reviews["handed in"]]
