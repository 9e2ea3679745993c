"""Leave a school, remove a colleague, and change who leads."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.delivery import notify

from ..access import may_manage, moderates
from ..errors import CommunityError
from ..models import Membership, Role, School, User
from ..models.memberships import MembershipQuerySet


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """End a colleague's membership of this school now and notify them. Idempotent.

    Raises CommunityError if `by` may not, or if the school would lose its last lead and `by` is not a moderator.
    """
    school = _managed(membership, by)
    if not _end(membership, school, by) or membership.user_id == by.pk:
        return
    notify(
        recipients=[membership.user],
        message="community/removed",
        context={"school": school, "by": by},
        url=partial(reverse, "profile"),
        key=f"removed:{membership.pk}",
    )


@transaction.atomic
def leave(*, membership: Membership, by: User) -> None:
    """End one's own membership now. Idempotent. Raises CommunityError for the school's last lead."""
    if membership.user_id != by.pk:
        raise CommunityError(_("You can only leave a school on your own behalf."))
    _end(membership, _locked(membership), by)


@transaction.atomic
def make_lead(*, membership: Membership, by: User) -> None:
    """Make a colleague a lead in addition to the others. Raises CommunityError if `by` may not."""
    _managed(membership, by)
    _running(membership).update(role=Role.LEAD)


@transaction.atomic
def make_teacher(*, membership: Membership, by: User) -> None:
    """Change a lead to a teacher. Raises CommunityError as `remove_member` does."""
    school = _managed(membership, by)
    _keep_a_lead(membership, school, by)
    _running(membership).update(role=Role.TEACHER)


def _running(membership: Membership) -> MembershipQuerySet:
    return Membership.objects.filter(pk=membership.pk, ended_at=None)


def _locked(membership: Membership) -> School:
    # Lock the school: otherwise two leads could remove each other and leave it without one.
    return School.objects.select_for_update().get(pk=membership.school_id)


def _managed(membership: Membership, by: User) -> School:
    school = _locked(membership)
    if not may_manage(by, school):
        raise CommunityError(_("Only a school lead at %(school)s can do this.") % {"school": school.name})
    return school


def _end(membership: Membership, school: School, by: User) -> bool:
    _keep_a_lead(membership, school, by)
    return bool(_running(membership).update(ended_at=timezone.now()))


def _keep_a_lead(membership: Membership, school: School, by: User) -> None:
    """Raise CommunityError for the last lead's membership, except to moderators, who can invite a new lead."""
    leading = Membership.objects.active().filter(school=school, role=Role.LEAD)
    is_last = leading.filter(pk=membership.pk).exists() and not leading.exclude(pk=membership.pk).exists()
    if is_last and not moderates(by, school.country.code):
        raise CommunityError(
            _(
                "%(school)s needs at least one school lead. Make a colleague school lead first, or ask your "
                "support organisation."
            )
            % {"school": school.name}
        )
