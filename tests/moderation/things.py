"""One waiting item of each kind, with a needle in its text."""

from datetime import timedelta

from community.moderators import moderators_group
from home.models import Feedback
from moderation.models import Report

from ..directory.factories import ProfileItemFactory
from ..events.factories import ProposalFactory
from ..factories import MembershipFactory, SchoolFactory, UserFactory, moderator, today
from ..groups.factories import CommentFactory, PracticeFactory, PracticeImageFactory
from ..groups.practices.reviewing import submitted

KINDS = ["school", "review", "report", "consent", "proposal", "feedback"]


def on_desk(*countries: str, school=None):
    """Return a moderator who may enter the admin, a member of the school if one is given."""
    person = moderator(*countries)
    person.groups.add(moderators_group())
    if school:
        MembershipFactory(user=person, school=school)
    return person


def waiting_school(needle="NEEDLE", **school):
    return ProfileItemFactory(alt=needle, school=SchoolFactory(labelled=True, name=f"{needle} school", **school))


def waiting_review(needle="NEEDLE", **school):
    return submitted(title=needle, school=SchoolFactory(labelled=True, name=f"{needle} school", **school))


def waiting_report(needle="NEEDLE", **school):
    comment = CommentFactory(text=needle, school=SchoolFactory(labelled=True, name=f"{needle} school", **school))
    return Report.objects.create(
        kind="comment",
        about_id=comment.pk,
        country=comment.school.country.code,
        reporter=UserFactory(),
        reason=f"{needle} reason",
    )


def waiting_consent(needle="NEEDLE", days=10, **school):
    practice = PracticeFactory(
        published=True, title=needle, school=SchoolFactory(labelled=True, name=f"{needle} school", **school)
    )
    return PracticeImageFactory(
        practice=practice,
        alt=needle,
        shows_pupils=True,
        consent_holder=f"{needle} office",
        consent_until=today() + timedelta(days=days),
    )


def waiting_proposal(needle="NEEDLE", **school):
    return ProposalFactory(title=needle, school=SchoolFactory(labelled=True, name=f"{needle} school", **school))


def waiting_feedback(needle="NEEDLE", **_school):
    return Feedback.objects.create(message=needle, language="en")


MAKERS = {
    "school": waiting_school,
    "review": waiting_review,
    "report": waiting_report,
    "consent": waiting_consent,
    "proposal": waiting_proposal,
    "feedback": waiting_feedback,
}


def one_of_each(needle="NEEDLE", **school) -> dict:
    """Create one item of each kind."""
    return {kind: make(f"{needle}-{kind}", **school) for kind, make in MAKERS.items()}
