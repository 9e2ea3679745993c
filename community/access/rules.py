"""The rules: who may read what, who may act, and the sentences that refuse it."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .facts import Audience, Suspended, access_of

if TYPE_CHECKING:
    # The models import the policy.
    from ..models import School, User


def is_member(user: "User | AnonymousUser", at: date | None = None) -> bool:
    """Return whether the person may read members' content as a member."""
    return access_of(user, at).is_member


def may_contribute(user: "User | AnonymousUser", at: date | None = None) -> bool:
    """Return whether the person may contribute: one of their schools holds the label and they are not suspended."""
    return access_of(user, at).may_contribute


def is_moderator(user: "User | AnonymousUser") -> bool:
    """Return whether the person moderates at least one country."""
    return access_of(user).is_moderator


def moderates(user: "User | AnonymousUser", country: str) -> bool:
    """Return whether the person moderates the schools of this country (ISO 3166 alpha-2)."""
    return access_of(user).moderates(country)


def moderated_rows(user: "User | AnonymousUser", country: str = "school__country") -> Q:
    """Match the rows from countries that the person moderates; `country` is the path to a row's country.

    Matches every row for central moderators, and none for people who moderate nothing.
    """
    access = access_of(user)
    # An empty Q vanishes when combined with OR, so match every row by its primary key instead.
    return Q(pk__isnull=False) if access.moderates_all else Q(**{f"{country}__in": access.moderated_countries})


def acts_for(user: "User | AnonymousUser", school: "School", at: date | None = None) -> bool:
    """Return whether the person may contribute on behalf of this school on the given day."""
    return school.pk in access_of(user, at).contributing_school_ids


def leads(user: "User | AnonymousUser", school: "School", at: date | None = None) -> bool:
    """Return whether the person leads this school, which holds the label or is in grace, and is not suspended."""
    return school.pk in access_of(user, at).led_school_ids


def may_manage(user: "User | AnonymousUser", school: "School") -> bool:
    """Return whether the person may invite to the school, remove colleagues and change roles.

    True for the school's leads and for moderators of its country.
    """
    return leads(user, school) or moderates(user, school.country.code)


def may_see_colleagues(user: "User | AnonymousUser", school: "School") -> bool:
    """Return whether the person may list the school's members: its own members and moderators of its country may."""
    belongs = any(b.school_id == school.pk and b.reads for b in access_of(user).belongings)
    return belongs or moderates(user, school.country.code)


def may_see(user: "User | AnonymousUser", audience: str) -> bool:
    """Return whether the audience includes the person."""
    return audience == Audience.PUBLIC or access_of(user).reads_members_content


def shown_to_everyone(row) -> bool:
    """Return whether the row is public, so that crawlers and shared caches may have it."""
    return row.live and row.audience == Audience.PUBLIC


class AudienceQuerySet(models.QuerySet):
    """Base queryset for models with an `audience` field and a `live` flag. Every list starts from `visible_to`."""

    def in_audience_of(self, user: "User | AnonymousUser") -> "AudienceQuerySet":
        """Return the rows whose audience includes the person, published or not."""
        if access_of(user).reads_members_content:
            return self.filter(audience__in=Audience.values)
        return self.filter(audience=Audience.PUBLIC)

    def visible_to(self, user: "User | AnonymousUser") -> "AudienceQuerySet":
        """Return the published rows whose audience includes the person. Models with authors extend it to own drafts."""
        return self.in_audience_of(user).filter(live=True)


def refusal_to_contribute(user: "User | AnonymousUser") -> str:
    """Return the reason a reader may not contribute, as a sentence; empty if they may."""
    access = access_of(user)
    if access.may_contribute:
        return ""
    if access.suspended and access.is_member:
        return suspension_in_words(access.suspended)
    if access.is_member:
        return _(
            "Your school’s label has expired. You can read until the end of the grace period, but you can’t contribute."
        )
    return _("This is only open to teachers at schools with the eTwinning School Label.")


def suspension_in_words(suspended: Suspended) -> str:
    """Return the end and the reason of the suspension, worded for the suspended person."""
    words = _(
        "A moderator has suspended you from contributing until %(day)s. You can still read in the meantime. "
        "Reason: %(reason)s"
    )
    return words % {"day": date_format(suspended.until), "reason": suspended.reason}
