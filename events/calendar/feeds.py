"""The private calendar feed of a person's own events."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.access import access_of
from community.models.invitations import hashed

from ..models import EventPage, Feed, Registration
from .ics import Entry, calendar_of

# Feeds keep past events for this long.
KEEPS_PAST = timedelta(days=365)


def renew_feed(*, by) -> str:
    """Create a new secret feed URL for the person and return its token; the old URL stops working.

    The token is returned only here; the database stores its hash.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Feed.objects.update_or_create(user=by, defaults={"token_hash": hashed(token), "created_at": timezone.now()})
    return token


def revoke_feed(*, by) -> None:
    """Revoke the person's feed URL. Idempotent."""
    Feed.objects.filter(user=by).delete()


def feed_for(token: str) -> bytes | None:
    """Return the feed for this token in its owner's language and time zone; None if the token is unknown or revoked.

    Access is checked on every request, so a lapsed member's feed is None too.
    """
    feed = Feed.objects.for_token(token).select_related("user").first()
    if feed is None or not feed.user.is_active or not access_of(feed.user).reads_members_content:
        return None
    person = feed.user
    visible = EventPage.objects.visible_to(person).filter(ends_at__gt=timezone.now() - KEEPS_PAST)
    rows = (
        Registration.objects.of(person)
        .running()
        .filter(event__in=visible.values("pk"))
        .select_related("event__cancellation")
        .order_by("event__starts_at", "pk")
    )
    with translation.override(person.language):
        entries = [Entry(row.event, row.state) for row in rows]
        return calendar_of(entries, zone=person.time_zone, name=_("My eTwinning Schools events"))
