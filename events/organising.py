"""The rule for who organises an event on the site, outside the admin."""

from community.access import access_of

from .models.pages import EventPage


def organises(user, event: "EventPage", *, is_named: bool | None = None) -> bool:
    """Return whether the person organises this event.

    Moderators organise every event; people named on it, while they can read members' content. Costs a query unless the
    caller passes `is_named`.
    """
    access = access_of(user)
    if access.is_moderator or not access.reads_members_content:
        return access.is_moderator
    if is_named is None:
        return event.organisers.through.objects.filter(eventpage_id=event.pk, user_id=user.pk).exists()
    return is_named
