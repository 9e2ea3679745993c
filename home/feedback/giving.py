"""Feedback about the site: stored, and sent to the people who can fix it."""

from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from community.models import SupportOrganisation, User
from notifications.delivery import notify

from ..models import Feedback

SETTLED = "home.settle_feedback"


def listeners() -> QuerySet[User]:
    """Return who receives feedback: the central moderators, or the superusers if there are none."""
    people = User.objects.filter(is_active=True)
    central = people.filter(moderated_organisations__kind=SupportOrganisation.Kind.CENTRAL).distinct()
    return central if central.exists() else people.filter(is_superuser=True)


@transaction.atomic
def give_feedback(*, by, message: str, page: str, email: str, language: str) -> Feedback:
    """Store feedback from a member or visitor and notify each listener once."""
    feedback = Feedback.objects.create(
        person=by if by.is_authenticated else None, message=message, page=page, email=email, language=language
    )
    notify(
        recipients=listeners(),
        message="home/feedback",
        context={"feedback": feedback},
        url=partial(reverse, "wagtailsnippets_home_feedback:edit", args=[feedback.pk]),
        key=f"feedback:{feedback.pk}",
    )
    return feedback


@transaction.atomic
def settle(feedback: Feedback, *, answer: str, by: User) -> Feedback:
    """Record what was done. The first note sets `settled_at`; clearing the note reopens the feedback."""
    feedback.answer = answer
    feedback.settled_at = (feedback.settled_at or timezone.now()) if answer else None
    feedback.save(update_fields=["answer", "settled_at"])
    log(instance=feedback, action=SETTLED, user=by, data={"answer": answer})
    return feedback
