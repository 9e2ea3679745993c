"""Renewing offers of an event that moved."""

from django.db import transaction
from django.utils import timezone

from ..models.offers import Offer
from ..models.pages import EventPage
from ..models.registrations import Registration
from .answering_time import answer_by
from .places import settle


def keep_up(event: "EventPage") -> None:
    """Renew open offers if the event's times changed, then hand out free places. Idempotent."""
    with transaction.atomic():
        event = event.for_update()
        moved = Registration.objects.filter(event_id=event.pk).offered().untold_of_times(event)
        for registration in moved.select_related("user"):
            _renew(registration, event)
        settle(event)


def _renew(registration: Registration, event: "EventPage") -> None:
    # A new time restarts the answering period, capped at the opening of the door.
    until = min(answer_by(timezone.now(), event.offer_hours, registration.user.time_zone), event.door_opens_at)
    registration.offer_expires_at = until
    registration.save(update_fields=["offer_expires_at"])
    Offer.objects.open().filter(registration=registration).update(expires_at=until)
