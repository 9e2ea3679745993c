"""Co-authorship: an author invites, a colleague accepts for one of their schools, and either can end it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.access import access_of
from community.models import School

from ..errors import PracticesError, RefusedError
from ..models import CoAuthor, EditLock, Practice
from .announcements import tell_accepted, tell_ended, tell_invited
from .drafts import locked
from .invitable import contributing, invitable_by

MOST = 10


@transaction.atomic
def invite(*, practice: Practice, by, person=None, email: str = "") -> CoAuthor:
    """Invite a co-author: a person the author may see, or the holder of an email address. Idempotent.

    The result is the same whether or not the address has an account. Raises RefusedError unless `by` is the first
    author and writes for the school now, or if `by` may not see the person; PracticesError for `by` themselves and
    above MOST co-authors.
    """
    row = _own(practice, by)
    if person is not None and not invitable_by(by).filter(pk=person.pk).exists():
        raise RefusedError(_("Invite this person by email address."))
    email = email.strip().lower()
    if person is None:
        person = contributing().filter(email__iexact=email).first()
    if (person and person.pk == by.pk) or email == by.email.lower():
        raise PracticesError(_("You’re already the author."))
    asked = row.co_authors.open()
    earlier = (asked.filter(person=person) if person else asked.filter(person=None, email__iexact=email)).first()
    if earlier:
        return earlier
    if asked.count() >= MOST:
        raise PracticesError(_("A practice can have up to %(number)d co-authors.") % {"number": MOST})
    invitation = CoAuthor.objects.create(practice=row, person=person, email=email, invited_by=by)
    if person:
        tell_invited(invitation, row.get_latest_revision_as_object())
    return invitation


@transaction.atomic
def accept(*, invitation: CoAuthor, by, school: School) -> CoAuthor:
    """Accept an invitation and be credited for one of one's schools. Idempotent.

    Raises RefusedError for anyone but the invitee, for a school they do not write for now, and if the invitation has
    ended.
    """
    row = _locked(invitation, by)
    if row.standing == CoAuthor.Standing.ACCEPTED:
        return row
    if row.standing != CoAuthor.Standing.INVITED:
        raise RefusedError(_("This invitation is no longer open."))
    if school.pk not in access_of(by).contributing_school_ids:
        raise RefusedError(_("You don’t write for this school at the moment."))
    row.standing, row.school, row.answered_at = CoAuthor.Standing.ACCEPTED, school, timezone.now()
    row.save()
    tell_accepted(row)
    return row


@transaction.atomic
def decline(*, invitation: CoAuthor, by) -> None:
    """Decline an invitation. Idempotent. Raises RefusedError for anyone but the invitee."""
    row = _locked(invitation, by)
    if row.standing == CoAuthor.Standing.INVITED:
        _end(row, CoAuthor.Standing.DECLINED)


@transaction.atomic
def leave(*, invitation: CoAuthor, by) -> None:
    """End one's own co-authorship: the credit goes, the text stays. Idempotent. Raises RefusedError for others."""
    row = _locked(invitation, by)
    if row.standing == CoAuthor.Standing.ACCEPTED:
        _end(row, CoAuthor.Standing.LEFT)


@transaction.atomic
def remove(*, invitation: CoAuthor, by) -> None:
    """Withdraw an invitation, or remove a co-author and notify them. Idempotent. Raises RefusedError unless `by` is the
    first author and writes for the school now."""
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
        raise RefusedError(_("Only the first author can invite and remove co-authors."))
    if row.school_id not in access_of(by).contributing_school_ids:
        raise RefusedError(_("You don’t write for this school at the moment."))
    return row


def _locked(invitation: CoAuthor, by) -> CoAuthor:
    # Lock the practice first, in the same order as every verb that releases an edit lock.
    locked(invitation.practice)
    row = CoAuthor.objects.select_for_update().get(pk=invitation.pk)
    if row.person_id != by.pk:
        raise RefusedError(_("This invitation is for someone else."))
    return row


def _end(row: CoAuthor, standing: str) -> None:
    row.standing, row.ended_at = standing, timezone.now()
    row.save()
    EditLock.objects.filter(practice=row.practice_id, holder=row.person_id).delete()
