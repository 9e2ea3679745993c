"""Reviews as reviewers write them: two per practice, who agree, differ, wait or send back."""

from datetime import datetime, timedelta

from community.models import Role, School, User
from groups.practices.models import Outcome, Practice, Review, ReviewRound, Score
from groups.practices.review.deciding import TRUE_FOR
from groups.practices.review.reviewers import central_reviewers, national_reviewers
from groups.practices.review.reviewing import Draft, claim, hand_in, save_review
from groups.practices.review.rounds import REVIEW_DAYS, open_round
from groups.practices.review.sign_off import choose_sign_off

# How well each criterion is met, by the round: what a first version often lacks, what a second has.
FIRST = [Score.WELL, Score.MODEL, Score.WELL, Score.PARTLY, Score.WELL, Score.PARTLY]
MENDED = [Score.WELL, Score.MODEL, Score.MODEL, Score.WELL, Score.WELL, Score.WELL]
WEAK = [Score.PARTLY, Score.NOT_YET, Score.NOT_YET, Score.NOT_YET, Score.PARTLY, Score.NOT_YET]
BESIDE = {
    "en": "Say how many pupils took part, and how you saw the change.",
    "tr": "Kaç öğrencinin katıldığını ve değişimi nereden gördüğünüzü yazın.",
}


def reviewers_of(practice: Practice) -> list[User]:
    """The two who review it: the country's moderator, where there is one, and a central one; another one is left over
    for a decision where there are three."""
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
    """One reviewer claims, scores and hands in."""
    scores = {Outcome.PUBLISH: MENDED, Outcome.RETURN: FIRST, Outcome.DECLINE: WEAK}[outcome]
    claim(practice=practice, by=by)
    hand_in(practice=practice, by=by, draft=_draft(practice, outcome, words, scores, make_public=make_public))


def agree(practice: Practice, outcome: str, words: str = "") -> Practice:
    """Both reviewers recommend the same; the first one's words go to the author."""
    for number, reviewer in enumerate(reviewers_of(practice)):
        review(practice, reviewer, outcome, words if not number or outcome == Outcome.DECLINE else "",
               make_public=practice.public_wished)  # fmt: skip
    return Practice.objects.get(pk=practice.pk)


def half_way(practice: Practice) -> None:
    """The first reviewer has handed in, the second has begun."""
    first, second = reversed(reviewers_of(practice))
    review(practice, first, Outcome.PUBLISH)
    claim(practice=practice, by=second)
    draft = _draft(practice, "", "Reads well; the kitchen rota could be a table.", [Score.WELL] * 3 + [None] * 3)
    save_review(practice=practice, by=second, draft=draft)


def signed_off_first(school: School) -> None:
    """From now on a lead of the school signs off first."""
    lead = school.memberships.active().filter(role=Role.LEAD).first().user
    choose_sign_off(school=school, wanted=True, by=lead)


def differ(practice: Practice) -> None:
    """The reviewers recommend different things: a third person decides."""
    first, second = reviewers_of(practice)
    review(practice, first, Outcome.PUBLISH)
    review(practice, second, Outcome.RETURN, BESIDE.get(practice.language, BESIDE["en"]))


def backdate_reviews(practice: Practice) -> None:
    """Give the rounds and reviews of a practice the dates of the tasks they belong to."""
    for one in ReviewRound.objects.filter(practice=practice).select_related("task_state"):
        began, ended = one.task_state.started_at, one.task_state.finished_at
        due = began + timedelta(days=REVIEW_DAYS)
        decided_at = ended if one.outcome else None
        ReviewRound.objects.filter(pk=one.pk).update(began_at=began, due_at=due, decided_at=decided_at)
        reviews = Review.objects.filter(round=one)
        reviews.update(claimed_at=began, due_at=due)
        reviews.exclude(written_at=None).update(written_at=ended or began + timedelta(hours=30))


def backdate_confirmation(practice: Practice, published: datetime) -> None:
    """Two years after its publication somebody is asked whether it is still true."""
    Practice.objects.filter(pk=practice.pk).update(review_by=(published + TRUE_FOR).date())
