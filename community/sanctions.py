"""Warn people and suspend their contributions for a limited time, with a reason they can read."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from notifications.delivery import notify

from .access import moderated_rows
from .errors import CommunityError
from .models import Membership, Sanction, User

WARNED, SUSPENDED, LIFTED = "community.warn", "community.suspend", "community.lift_suspension"
LONGEST = timedelta(days=365)


def looked_after_by(moderator: User) -> QuerySet[User]:
    """Return the people the moderator may sanction: members in their countries, excluding moderators and themselves."""
    memberships = Membership.objects.active().filter(moderated_rows(moderator))
    people = User.objects.filter(pk__in=memberships.values("user"), is_superuser=False)
    return people.exclude(pk=moderator.pk).exclude(moderated_organisations__isnull=False)


def may_sanction(moderator: User, person: User) -> bool:
    """Return whether the moderator may warn and suspend the person."""
    return looked_after_by(moderator).filter(pk=person.pk).exists()


@transaction.atomic
def warn(*, person: User, by: User, reason: str, token: UUID | None = None) -> Sanction:
    """Warn the person by message. Idempotent per `token`.

    Raises CommunityError without a reason or the right to warn.
    """
    _locked(person, by)
    if given := _given(person, token):
        return given
    row = Sanction(kind=Sanction.Kind.WARNING, person=person, token=token or uuid4())
    return _give(row, by, reason, WARNED, "warned")


@transaction.atomic
def suspend(*, person: User, by: User, reason: str, until: date, token: UUID | None = None) -> Sanction:
    """Suspend the person's contributions until the end of the day, and notify them. Idempotent per `token`.

    Raises CommunityError without a reason or the right to suspend, for a day in the past or more than a year ahead, or
    if the person is already suspended.
    """
    _locked(person, by)
    if given := _given(person, token):
        return given
    today = timezone.now().date()
    if until < today:
        raise CommunityError(_("The suspension must end on a future date."))
    if until > today + LONGEST:
        raise CommunityError(_("A suspension can last up to one year."))
    if Sanction.objects.running().filter(person=person).exists():
        raise CommunityError(_("%(person)s is already suspended. Lift that suspension first.") % {"person": person})
    row = Sanction(kind=Sanction.Kind.SUSPENSION, person=person, until=until, token=token or uuid4())
    return _give(row, by, reason, SUSPENDED, "suspended")


@transaction.atomic
def lift(*, person: User, by: User) -> None:
    """End the person's running suspension and notify them. Idempotent. Raises CommunityError without the right."""
    _locked(person, by)
    for row in Sanction.objects.running().filter(person=person):
        row.lifted_at, row.lifted_by = timezone.now(), by
        row.save(update_fields=["lifted_at", "lifted_by"])
        log(instance=person, action=LIFTED, user=by, data={"reason": ""})
        _tell(row, "suspension_lifted")


def _locked(person: User, by: User) -> None:
    """Lock the person, so that concurrent suspensions cannot race. Raises CommunityError without the right."""
    User.objects.select_for_update().get(pk=person.pk)
    if not may_sanction(by, person):
        raise CommunityError(
            _("Only moderators for the person’s country can do this. Moderators can’t be warned or suspended.")
        )


def _given(person: User, token: UUID | None) -> Sanction | None:
    """Return the sanction already given with this token."""
    return Sanction.objects.filter(person=person, token=token).first() if token else None


def _give(row: Sanction, by: User, reason: str, action: str, message: str) -> Sanction:
    row.reason, row.given_by = reason.strip(), by
    if not row.reason:
        raise CommunityError(_("Explain why. The person will see this."))
    row.save()
    until = row.until.isoformat() if row.until else ""
    log(instance=row.person, action=action, user=by, data={"reason": row.reason, "until": until})
    _tell(row, message)
    return row


def _tell(row: Sanction, message: str) -> None:
    notify(
        recipients=[row.person],
        message=f"community/{message}",
        context={"sanction": row},
        url=partial(reverse, "dashboard"),
        key=f"{message}:{row.pk}",
    )
