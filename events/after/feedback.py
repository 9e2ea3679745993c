"""Feedback: once per participant, editable until it closes, shown from SHOWN_FROM answers on."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import EventsError
from ..models import EventPage, Feedback, Registration
from ..models.feedback import SHOWN_FROM

OPEN_FOR = timedelta(days=30)


def closes_at(event: "EventPage") -> datetime:
    """Return when feedback closes."""
    return event.ends_at + OPEN_FOR


def refusal_to_feedback(*, event: "EventPage", by) -> str:
    """Return why the person cannot give feedback now, as a sentence for them; '' if they can."""
    if not Registration.objects.of(by).attended().filter(event_id=event.pk).exists():
        return _("Only people who took part can give feedback.")
    return refusal_by_the_clock(event)


def refusal_by_the_clock(event: "EventPage") -> str:
    """Return why feedback is closed for everyone, as a sentence; '' while it is open."""
    now = timezone.now()
    if not event.has_ended(now):
        return _("You can give feedback when the event is over.")
    if now >= closes_at(event):
        return _("Feedback is closed. It was open for 30 days.")
    return ""


@transaction.atomic
def give_feedback(*, event: "EventPage", by, answers: dict[str, Any]) -> Feedback:
    """Save the person's answers, replacing earlier ones. Raises EventsError with the reason if they may not."""
    if reason := refusal_to_feedback(event=event, by=by):
        raise EventsError(reason)
    registration = Registration.objects.of(by).get(event_id=event.pk)
    feedback, _new = Feedback.objects.update_or_create(registration=registration, defaults=answers)
    return feedback


def results(event: "EventPage") -> dict[str, Any] | None:
    """Return averages and texts of all answers, in an order that doesn't reveal the authors; None below SHOWN_FROM."""
    answers = Feedback.objects.for_event(event.pk)
    averages = answers.averages()
    if averages["number"] < SHOWN_FROM:
        return None
    words = list(answers.values_list("liked", "better"))
    liked, better = zip(*words, strict=True)
    return {
        **averages,
        # Sorted alphabetically: database order is submission order, which an organiser might have watched.
        "liked": sorted(filter(None, liked)),
        "better": sorted(filter(None, better)),
        "overall_counts": answers.counts_of_overall(),
    }
