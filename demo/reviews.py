"""Reviews of practices: two per practice, which agree, differ, are unfinished or ask for changes."""

from datetime import datetime, timedelta

from community.models import Role, School, User
from groups.practices.models import Outcome, Practice, Review, ReviewRound, Score
from groups.practices.review.deciding import TRUE_FOR
from groups.practices.review.reviewers import central_reviewers, national_reviewers
from groups.practices.review.reviewing import Draft, claim, hand_in, save_review
from groups.practices.review.rounds import REVIEW_DAYS, open_round
from groups.practices.review.sign_off import choose_sign_off

# Scores by criterion: a first version, a revised one and a weak one.
FIRST = [Score.WELL, Score.MODEL, Score.WELL, Score.PARTLY, Score.WELL, Score.PARTLY]
MENDED = [Score.WELL, Score.MODEL, Score.MODEL, Score.WELL, Score.WELL, Score.WELL]
WEAK = [Score.PARTLY, Score.NOT_YET, Score.NOT_YET, Score.NOT_YET, Score.PARTLY, Score.NOT_YET]
BESIDE = {
    "en": "Say how many pupils took part, and how you saw the change.",
    "tr": "Kaç öğrencinin katıldığını ve değişimi nereden gördüğünüzü yazın.",
}


def reviewers_of(practice: Practice) -> list[User]:
    """Return the two reviewers: the country's moderator if there is one, and a central one.

    With three moderators, the third is left for the decision.
    """
    people = [*national_reviewers(practice), *central_reviewers(practice)]
    return [people[0], people[-1]]


def _draft(practice: Practice, outcome: str, words: str, scores: list[int], *, make_public: bool = False) -> Draft:
    criteria = open_round(practice).rubric.criteria.all()
    beside = BESIDE.get(practice.language, BESIDE["en"]) if outcome == Outcome.RETURN else ""
    typed = {
        criterion.pk: (score, beside if score == Score.PARTLY else "")
        for criterion, score in zip(criteria, scores, strict=True)
    }
    return Draft(typed, outcome, words, make_public)


def review(practice: Practice, by: User, outcome: str, words: str = "", *, make_public: bool = False) -> None:
    """Claim, score and hand in one review."""
    scores = {Outcome.PUBLISH: MENDED, Outcome.RETURN: FIRST, Outcome.DECLINE: WEAK}[outcome]
    claim(practice=practice, by=by)
    hand_in(practice=practice, by=by, draft=_draft(practice, outcome, words, scores, make_public=make_public))


def agree(practice: Practice, outcome: str, words: str = "") -> Practice:
    """Hand in the same recommendation from both reviewers. The first one's comment goes to the author."""
    for number, reviewer in enumerate(reviewers_of(practice)):
        review(practice, reviewer, outcome, words if not number or outcome == Outcome.DECLINE else "",
               make_public=practice.public_wished)  # fmt: skip
    return Practice.objects.get(pk=practice.pk)


def half_way(practice: Practice) -> None:
    """Hand in the first review and start the second."""
    first, second = reversed(reviewers_of(practice))
    review(practice, first, Outcome.PUBLISH)
    claim(practice=practice, by=second)
    draft = _draft(practice, "", "Reads well; the kitchen rota could be a table.", [Score.WELL] * 3 + [None] * 3)
    save_review(practice=practice, by=second, draft=draft)


def signed_off_first(school: School) -> None:
    """Require sign-off by a lead of the school."""
    lead = school.memberships.active().filter(role=Role.LEAD).first().user
    choose_sign_off(school=school, wanted=True, by=lead)


def differ(practice: Practice) -> None:
    """Hand in different recommendations, so that a third person must decide."""
    first, second = reviewers_of(practice)
    review(practice, first, Outcome.PUBLISH)
    review(practice, second, Outcome.RETURN, BESIDE.get(practice.language, BESIDE["en"]))


def backdate_reviews(practice: Practice) -> None:
    """Give the rounds and reviews of a practice the dates of their tasks."""
    for one in ReviewRound.objects.filter(practice=practice).select_related("task_state"):
        began, ended = one.task_state.started_at, one.task_state.finished_at
        due = began + timedelta(days=REVIEW_DAYS)
        decided_at = ended if one.outcome else None
        ReviewRound.objects.filter(pk=one.pk).update(began_at=began, due_at=due, decided_at=decided_at)
        reviews = Review.objects.filter(round=one)
        reviews.update(claimed_at=began, due_at=due)
        reviews.written().update(written_at=ended or began + timedelta(hours=30))


def backdate_confirmation(practice: Practice, published: datetime) -> None:
    """Set the date by which the practice must be confirmed as still valid, counted from its publication."""
    Practice.objects.filter(pk=practice.pk).update(review_by=(published + TRUE_FOR).date())
