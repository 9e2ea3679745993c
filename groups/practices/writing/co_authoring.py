"""Writing together: an author asks, a colleague agrees for one of their schools, and either may end it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import access_of
from community.models import School

from ..errors import PracticesError, RefusedError
from ..models import CoAuthor, EditingLease, Practice
from .announcements import tell_accepted, tell_ended, tell_invited
from .drafts import locked
from .invitable import contributing, invitable_by

MOST = 10


@transaction.atomic
def invite(*, practice: Practice, by, person=None, email: str = "") -> CoAuthor:
    """Ask somebody to write along: a person whom the author may see, or whoever has the address.

    The answer is the same whether the address belongs to somebody or not. Asking twice is asking once. Raises
    RefusedError for everybody but the first author, PracticesError for oneself and for more than ten.
    """
    row = _own(practice, by)
    if person is not None and not invitable_by(by).filter(pk=person.pk).exists():
        raise RefusedError(_("Invite this person by their e-mail address."))
    email = email.strip().lower()
    if person is None:
        person = contributing().filter(email__iexact=email).first()
    if (person and person.pk == by.pk) or email == by.email.lower():
        raise PracticesError(_("You are the author already."))
    asked = row.co_authors.open()
    earlier = (asked.filter(person=person) if person else asked.filter(person=None, email__iexact=email)).first()
    if earlier:
        return earlier
    if asked.count() >= MOST:
        raise PracticesError(_("A practice can have at most %(number)d co-authors.") % {"number": MOST})
    invitation = CoAuthor.objects.create(practice=row, person=person, email=email, invited_by=by)
    if person:
        tell_invited(invitation, row.get_latest_revision_as_object())
    return invitation


@transaction.atomic
def accept(*, invitation: CoAuthor, by, school: School) -> CoAuthor:
    """Agree to write along and to be named for one of one's schools. Agreeing twice is agreeing once.

    Raises RefusedError for others, for a school that one does not write for now, and when the invitation is over.
    """
    row = _locked(invitation, by)
    if row.standing == CoAuthor.Standing.ACCEPTED:
        return row
    if row.standing != CoAuthor.Standing.INVITED:
        raise RefusedError(_("This invitation is not open any more."))
    if school.pk not in access_of(by).contributing_school_ids:
        raise RefusedError(_("You do not write for this school at the moment."))
    row.standing, row.school, row.answered_at = CoAuthor.Standing.ACCEPTED, school, timezone.now()
    row.save()
    tell_accepted(row)
    return row


@transaction.atomic
def decline(*, invitation: CoAuthor, by) -> None:
    """Say no; the author sees it. Safe to repeat. Raises RefusedError for others."""
    row = _locked(invitation, by)
    if row.standing == CoAuthor.Standing.INVITED:
        _end(row, CoAuthor.Standing.DECLINED)


@transaction.atomic
def leave(*, invitation: CoAuthor, by) -> None:
    """Write along no longer: one's name goes off the practice, one's words stay. Safe to repeat."""
    row = _locked(invitation, by)
    if row.standing == CoAuthor.Standing.ACCEPTED:
        _end(row, CoAuthor.Standing.LEFT)


@transaction.atomic
def remove(*, invitation: CoAuthor, by) -> None:
    """Take an invitation back or end a co-authorship; who wrote along is told. Safe to repeat. Raises RefusedError for
    everybody but the first author."""
    _own(invitation.practice, by)
    row = CoAuthor.objects.select_for_update().get(pk=invitation.pk)
    if row.standing in CoAuthor.OPEN:
        wrote = row.standing == CoAuthor.Standing.ACCEPTED
        _end(row, CoAuthor.Standing.REMOVED)
        if wrote:
            tell_ended(row)


def _own(practice: Practice, by) -> Practice:
    row = locked(practice)
    if row.author_id != by.pk:
        raise RefusedError(_("Only its first author invites and removes co-authors."))
    if row.school_id not in access_of(by).contributing_school_ids:
        raise RefusedError(_("You do not write for this school at the moment."))
    return row


def _locked(invitation: CoAuthor, by) -> CoAuthor:
    # The practice first, as every verb that ends a sitting does.
    locked(invitation.practice)
    row = CoAuthor.objects.select_for_update().get(pk=invitation.pk)
    if row.person_id != by.pk:
        raise RefusedError(_("This invitation is for somebody else."))
    return row


def _end(row: CoAuthor, standing: str) -> None:
    row.standing, row.ended_at = standing, timezone.now()
    row.save()
    EditingLease.objects.filter(practice=row.practice_id, holder=row.person_id).delete()
