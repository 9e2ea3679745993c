"""Guests without an account: personal links to one event that expire and can be revoked."""

import secrets
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models.invitations import hashed
from notifications.delivery import mail

from ..errors import EventsError
from ..models import EventPage, GuestPass

LINK_OUTLIVES_EVENT = timedelta(hours=1)
# More than any event has speakers. Limits the mail a hijacked organiser account can send.
GUESTS_PER_EVENT = 40


@transaction.atomic
def invite_guest(*, event: "EventPage", name: str, email: str, language: str, by) -> GuestPass:
    """Email the guest a personal link to the event; an earlier link for this address stops working.

    The token appears only in that email. Raises EventsError if the event is over or has GUESTS_PER_EVENT links.
    """
    event = event.for_update()
    if event.has_ended():
        raise EventsError(_("The event is over."))
    if event.guest_passes.count() >= GUESTS_PER_EVENT:
        raise EventsError(
            _("%(number)d links have been sent for this event, which is the limit.") % {"number": GUESTS_PER_EVENT}
        )
    email = email.lower()
    event.guest_passes.unrevoked().filter(email=email).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    guest = GuestPass.objects.create(
        event=event,
        name=name,
        email=email,
        language=language,
        token_hash=hashed(token),
        created_by=by,
        expires_at=event.ends_at + LINK_OUTLIVES_EVENT,
    )
    mail(
        address=email,
        language=language,
        message="events/guest",
        context={"event": event, "guest": guest, "inviter": by.get_full_name()},
        url=partial(reverse, "event_guest", args=[event.slug, token]),
        key=f"event-guest-{guest.pk}",
    )
    return guest


def withdraw_guest(*, guest: GuestPass) -> None:
    """Revoke the guest's link. Idempotent."""
    GuestPass.objects.unrevoked().filter(pk=guest.pk).update(revoked_at=timezone.now())
