"""Notifications to moderators and leads about school pages, each in the recipient's language."""

from collections.abc import Callable, Iterable
from functools import partial

from django.urls import reverse
from django.utils import timezone

from community.models import Role, School, User
from community.moderators import moderators_of
from moderation.waiting import address_on_desk
from notifications.delivery import notify

from .models import Kind, ProfileItem


def _tell(people: Iterable[User], message: str, item: ProfileItem, path: Callable[[], str], key: str) -> None:
    notify(
        recipients=people,
        message=f"directory/{message}",
        context={"item": item, "kind": Kind(item.kind).label, "school": item.school},
        url=path,
        key=key,
    )


def announce_offered(item: ProfileItem) -> None:
    """Tell the moderators that an item is waiting, at most once a day per school however many pictures it uploads."""
    on_desk = partial(address_on_desk, "school", item.pk)
    key = f"profile_offered:{item.school_id}:{timezone.now().date()}"
    _tell(moderators_of(item.school), "profile_offered", item, on_desk, key)


def announce_approved(item: ProfileItem) -> None:
    """Tell the leads that the item is published."""
    _tell(_leads_of(item.school), "profile_approved", item, item.school.get_absolute_url, f"profile_approved:{item.pk}")


def announce_refused(item: ProfileItem) -> None:
    """Tell the leads why the item was refused."""
    _tell(_leads_of(item.school), "profile_refused", item, _editing(item), f"profile_refused:{item.pk}")


def announce_taken_off(item: ProfileItem) -> None:
    """Tell the leads why the item was taken off the page."""
    _tell(_leads_of(item.school), "profile_taken_off", item, _editing(item), f"profile_taken_off:{item.pk}")


def _editing(item: ProfileItem) -> Callable[[], str]:
    return partial(reverse, "edit_school" if item.url else "school_pictures", args=[item.school.slug])


def _leads_of(school: School) -> Iterable[User]:
    leading = school.memberships.active().filter(role=Role.LEAD)
    return User.objects.filter(is_active=True, pk__in=leading.values("user"))
