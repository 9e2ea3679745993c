"""Who runs an event on the site, without the admin."""

from typing import TYPE_CHECKING

from community.access import access_of

if TYPE_CHECKING:
    from .models.pages import EventPage


def organises(user, event: "EventPage") -> bool:
    """Whether the person runs this event: moderators do, and people named on it while they read what members read."""
    access = access_of(user)
    if access.is_moderator:
        return True
    return (
        access.reads_members_content
        and event.organisers.through.objects.filter(eventpage_id=event.pk, user_id=user.pk).exists()
    )
