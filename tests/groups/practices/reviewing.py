"""Steps of a review, for tests that need a practice to have taken them."""

from groups.practices.models import Outcome, Practice, Review, Score
from groups.practices.review.reviewing import Draft, claim, hand_in
from groups.practices.review.rounds import open_round
from groups.practices.writing import save_draft, submit
from notifications.models import Message

from ..factories import PracticeFactory


def draft(practice: Practice, recommendation: str = Outcome.PUBLISH, **changes) -> Draft:
    """A review with every criterion scored."""
    criteria = open_round(practice).rubric.criteria.all()
    words = "" if recommendation == Outcome.PUBLISH else "Which pupils?"
    scores = {criterion.pk: (Score.WELL, "") for criterion in criteria}
    return Draft(**{"scores": scores, "recommendation": recommendation, "words": words} | changes)


def review(practice: Practice, by, recommendation: str = Outcome.PUBLISH, **changes) -> Review:
    """Claim, write and hand in."""
    claim(practice=practice, by=by)
    return hand_in(practice=practice, by=by, draft=draft(practice, recommendation, **changes))


def approve(*, practice: Practice, by, make_public: bool = False, comment: str = "") -> Practice:
    """A review that recommends to publish; with no other reviewer about, it is published."""
    review(practice, by, Outcome.PUBLISH, make_public=make_public, words=comment)
    return Practice.objects.get(pk=practice.pk)


def send_back(*, practice: Practice, by, reason: str = "Which pupils?") -> Practice:
    """A review that recommends to send it back; with no other reviewer about, it is."""
    review(practice, by, Outcome.RETURN, words=reason)
    return Practice.objects.get(pk=practice.pk)


def submitted(**fields) -> Practice:
    """A practice that its author has submitted."""
    practice = PracticeFactory(**fields)
    save_draft(practice=practice, by=practice.author)
    submit(practice=practice, by=practice.author)
    return Practice.objects.get(pk=practice.pk)


def kinds(person) -> list[str]:
    """What a person was told, oldest first."""
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))
