"""Review steps for tests that need a practice at some stage."""

from groups.practices.models import Outcome, Practice, Review, Score
from groups.practices.review.reviewing import Draft, claim, hand_in
from groups.practices.review.rounds import open_round
from groups.practices.writing import save_draft, submit
from notifications.models import Message

from ..factories import PracticeFactory


def draft(practice: Practice, recommendation: str = Outcome.PUBLISH, **changes) -> Draft:
    """Return a review draft with every criterion scored."""
    criteria = open_round(practice).rubric.criteria.all()
    words = "" if recommendation == Outcome.PUBLISH else "Which pupils?"
    scores = {criterion.pk: (Score.WELL, "") for criterion in criteria}
    return Draft(**{"scores": scores, "recommendation": recommendation, "words": words} | changes)


def review(practice: Practice, by, recommendation: str = Outcome.PUBLISH, **changes) -> Review:
    """Claim and hand in a review."""
    claim(practice=practice, by=by)
    return hand_in(practice=practice, by=by, draft=draft(practice, recommendation, **changes))


def approve(*, practice: Practice, by, make_public: bool = False, comment: str = "") -> Practice:
    """Publish the practice with a review. It takes effect because there is no other reviewer."""
    review(practice, by, Outcome.PUBLISH, make_public=make_public, words=comment)
    return Practice.objects.get(pk=practice.pk)


def send_back(*, practice: Practice, by, reason: str = "Which pupils?") -> Practice:
    """Return the practice with a review. It takes effect because there is no other reviewer."""
    review(practice, by, Outcome.RETURN, words=reason)
    return Practice.objects.get(pk=practice.pk)


def submitted(**fields) -> Practice:
    """Return a practice that its author has submitted."""
    practice = PracticeFactory(**fields)
    save_draft(practice=practice, by=practice.author)
    submit(practice=practice, by=practice.author)
    return Practice.objects.get(pk=practice.pk)


def kinds(person) -> list[str]:
    """Return the kinds of a person's messages, oldest first."""
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))
