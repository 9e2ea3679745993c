"""Organisers' messages to participants: sent once to each person, and rate-limited."""

import hashlib
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from notifications.delivery import notify
from notifications.models import Message

from ..errors import EventsError
from ..models import Announcement, EventPage, Recipients, Registration
from ..models.registrations import RegistrationQuerySet

A_DAY = 3


@transaction.atomic
def announce(*, event: "EventPage", recipients: str, subject: str, text: str, by) -> Announcement:
    """Send the text to people of the event. Idempotent: the same text to the same recipients is sent once.

    Raises EventsError after A_DAY announcements within 24 hours, or if there are no recipients.
    """
    event = event.for_update()
    digest = hashlib.sha256(f"{recipients}\n{subject}\n{text}".encode()).hexdigest()
    earlier = event.announcements.filter(digest=digest).first()
    if earlier is not None:
        transaction.on_commit(partial(tell.enqueue, earlier.pk))
        return earlier
    if event.announcements.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        raise EventsError(
            _("You’ve sent %(number)d messages in one day, which is the daily limit. You can send more tomorrow.")
            % {"number": A_DAY}
        )
    if not recipients_of(event.pk, recipients).exists():
        raise EventsError(_("There’s no one to write to."))
    announcement = Announcement.objects.create(
        event=event, recipients=recipients, subject=subject, text=text, digest=digest, sent_by=by
    )
    transaction.on_commit(partial(tell.enqueue, announcement.pk))
    return announcement


def recipients_of(event_id: int, recipients: str) -> RegistrationQuerySet:
    """Return the registrations that such an announcement reaches."""
    rows = Registration.objects.filter(event_id=event_id, user__is_active=True)
    return {
        Recipients.CONFIRMED: rows.confirmed,
        Recipients.WAITING: rows.waiting,
        Recipients.RUNNING: rows.running,
        Recipients.ATTENDED: rows.attended,
    }[Recipients(recipients)]()


@task()
def tell(announcement_id: int) -> None:
    """Send the announcement to everyone who hasn't had it yet; safe to retry after a crash."""
    announcement = Announcement.objects.select_related("event", "sent_by").get(pk=announcement_id)
    event, key = announcement.event, f"event-{announcement.event_id}-announcement-{announcement.pk}"
    told = Message.objects.told(key).values("recipient")
    rows = recipients_of(event.pk, announcement.recipients).exclude(user__in=told).select_related("user")
    notify(
        recipients=(row.user for row in rows.order_by("pk").iterator(chunk_size=200)),
        message="events/announcement",
        context={"event": event, "announcement": announcement},
        url=event.get_absolute_url,
        key=key,
        about=event,
    )
