"""Periodic review jobs: remind reviewers once, and escalate overdue rounds to the central moderators."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Practice, Review, ReviewRound
from .announcements import on_the_desk, tell
from .reviewers import central_reviewers
from .rounds import REVIEW_DAYS, open_round

REMIND_BEFORE = timedelta(days=3)
# Caps the extension that newly claimed reviews give an overdue round.
LONGEST = timedelta(days=REVIEW_DAYS)


def remind_reviewers(at: datetime | None = None) -> int:
    """Remind reviewers whose review is due within three days, once per claim. Return the number of reviews."""
    soon = (at or timezone.now()) + REMIND_BEFORE
    due = (
        Review.objects.unwritten()
        .filter(round__in=ReviewRound.objects.open(), due_at__lt=soon, reviewer__isnull=False)
        .select_related("reviewer", "round__practice__school")
    )
    for review in due:
        practice = review.round.practice
        # A review released and claimed again has a new due date and its own reminder.
        key = f"{review.pk}:{review.claimed_at:%Y-%m-%d}"
        tell([review.reviewer], "review_due", practice, on_the_desk(practice), key, due_at=review.due_at)
    return len(due)


def hand_on_what_waits_too_long(at: datetime | None = None) -> int:
    """Escalate overdue rounds without a review still in time. Return their number."""
    at = at or timezone.now()
    overdue = ReviewRound.objects.overdue(at).filter(escalated_at=None).values_list("practice", flat=True)
    return sum(_hand_on(practice, at) for practice in list(overdue))


@transaction.atomic
def _hand_on(pk: int, at: datetime) -> bool:
    practice = Practice.objects.select_for_update().get(pk=pk)
    review_round = open_round(practice)
    if review_round is None or review_round.escalated_at or review_round.due_at >= at:
        return False
    in_time = review_round.reviews.unwritten().filter(due_at__gte=at).exists()
    if in_time and at < review_round.due_at + LONGEST:
        return False
    review_round.escalated_at = at
    review_round.save(update_fields=["escalated_at"])
    tell(central_reviewers(practice), "review_overdue", practice, on_the_desk(practice), str(review_round.pk))
    return True
