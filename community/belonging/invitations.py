"""Invite people to a school, and accept invitations."""

import secrets
from dataclasses import dataclass, replace
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.delivery import Letter, mail_all, send_unsent_of

from ..access import may_manage
from ..errors import CommunityError
from ..models import Confirmation, Invitation, Membership, Role, School, User, display_name
from ..models.invitations import InvitationQuerySet, hashed
from ..models.memberships import MembershipQuerySet

# More than the staff of a large school, but a limit on abuse if a lead's account is taken over.
INVITATIONS_PER_DAY = 150


@transaction.atomic
def invite(
    *,
    school: School,
    email: str,
    role: Role,
    by: User | None,
    confirmed_by: Confirmation,
    language: str,
    name: str = "",
) -> Invitation:
    """Invite the address to the school and email the link. Withdraws any unused invitation for the same address.

    `by` is None for an import. Raises CommunityError if `by` may not invite or has sent INVITATIONS_PER_DAY in the last
    24 hours, or if the address belongs to a member. The database keeps only a hash of the token.
    """
    if by is not None and not may_manage(by, school):
        raise CommunityError(
            _("Only a school lead at %(school)s can send invitations, and only until the end of the grace period.")
            % {"school": school.name}
        )
    if by is not None and Invitation.objects.sent_lately(by).count() >= INVITATIONS_PER_DAY:
        raise CommunityError(
            _("You’ve sent %(limit)d invitations in one day, which is the daily limit. You can send more tomorrow.")
            % {"limit": INVITATIONS_PER_DAY}
        )
    (invitation,) = _invite([Invitee(school, email, language, name)], role, by, confirmed_by)
    return invitation


@dataclass(frozen=True)
class Invitee:
    """A person to invite to a school."""

    school: School
    email: str
    language: str
    name: str = ""


@transaction.atomic
def invite_all(*, invitees: list[Invitee], role: Role, confirmed_by: Confirmation) -> list[Invitation]:
    """Invite everyone for an import, as `invite` does; all or none. The number of queries is fixed.

    No address may occur twice for one school. Raises CommunityError if one belongs to a member.
    """
    return _invite(invitees, role, None, confirmed_by)


def _invite(invitees: list[Invitee], role: Role, by: User | None, confirmed_by: Confirmation) -> list[Invitation]:
    invitees = [replace(invitee, email=invitee.email.strip().lower()) for invitee in invitees]
    schools = {invitee.school.pk for invitee in invitees}
    # Lock the schools: otherwise two leads could leave two open invitations for one address.
    list(School.objects.select_for_update().filter(pk__in=schools).order_by("pk").values_list("pk"))
    members = addresses_of_members(Membership.objects.filter(school__in=schools))
    for invitee in invitees:
        if invitee.email in members.get(invitee.school.pk, ()):
            raise CommunityError(
                _("%(email)s is already a member of %(school)s.")
                % {"email": invitee.email, "school": invitee.school.name}
            )
    _make_room_for(invitees)
    tokens = [secrets.token_urlsafe(32) for _invitee in invitees]
    invitations = Invitation.objects.bulk_create(
        Invitation(
            school=invitee.school,
            email=invitee.email,
            name=invitee.name,
            role=role,
            confirmed_by=confirmed_by,
            language=invitee.language,
            invited_by=by,
            token_hash=hashed(token),
        )
        for invitee, token in zip(invitees, tokens, strict=True)
    )
    mail_all(
        [
            _letter(invitation, token, display_name(by) if by else "")
            for invitation, token in zip(invitations, tokens, strict=True)
        ]
    )
    return invitations


def _letter(invitation: Invitation, token: str, inviter: str) -> Letter:
    return Letter(
        address=invitation.email,
        language=invitation.language,
        message="community/invitation",
        context={"invitation": invitation, "school": invitation.school, "inviter": inviter},
        url=partial(reverse, "invitation", args=[token]),
        key=_key(invitation.pk),
    )


def _key(pk: int) -> str:
    return f"invitation:{pk}"


def send_unsent_invitations(invitations: InvitationQuerySet) -> int:
    """Enqueue those of the invitations' emails that failed or were left by a killed process; return their number."""
    return send_unsent_of(keys=[_key(pk) for pk in invitations.values_list("pk", flat=True)])


def _make_room_for(invitees: list[Invitee]) -> None:
    """Withdraw the invitees' unused invitations, open or expired."""
    pairs = {(invitee.school.pk, invitee.email) for invitee in invitees}
    unused = Invitation.objects.unused().filter(school__in={pk for pk, _email in pairs})
    found = [pk for pk, *pair in unused.values_list("pk", "school_id", "email") if tuple(pair) in pairs]
    if found:
        Invitation.objects.unused().filter(pk__in=found).update(withdrawn_at=timezone.now())


def addresses_of_members(memberships: MembershipQuerySet) -> dict[int, set[str]]:
    """Map each school to the sign-in and verified addresses of its active members, in lower case."""
    found: dict[int, set[str]] = {}
    rows = memberships.active().values_list(
        "school_id", "user__email", "user__emailaddress__email", "user__emailaddress__verified"
    )
    for school_id, email, other, verified in rows:
        found.setdefault(school_id, set()).update({email.lower(), other.lower()} if verified else {email.lower()})
    return found


def owns_address(user, email: str) -> bool:
    """Return whether the address is a verified one of the person's."""
    return EmailAddress.objects.filter(user_id=user.pk, email__iexact=email, verified=True).exists()


@transaction.atomic
def accept(*, token_or_invitation: str | Invitation, user: User) -> Membership:
    """Use up the invitation and make the person a member of its school.

    Raises CommunityError, leaving the invitation unused, if it is unknown, used, withdrawn, expired or for an address
    the person has not verified, or if they are already a member.
    """
    invitation = _find(token_or_invitation)
    refusal = why_refused(invitation, user)
    if refusal:
        raise CommunityError(refusal)
    # This conditional update settles the race between concurrent acceptances; the checks above only supply the message.
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=timezone.now(), used_by=user):
        raise CommunityError(why_closed(Invitation.objects.get(pk=invitation.pk)))
    membership, new = Membership.objects.get_or_create(
        user=user,
        school_id=invitation.school_id,
        ended_at=None,
        defaults={"role": invitation.role, "confirmed_by": invitation.confirmed_by},
    )
    if not new:
        raise CommunityError(_("You’re already a member of %(school)s.") % {"school": invitation.school.name})
    return membership


def _find(token_or_invitation: str | Invitation) -> Invitation:
    if isinstance(token_or_invitation, Invitation):
        return token_or_invitation
    invitation = Invitation.objects.for_token(token_or_invitation).select_related("school").first()
    if invitation is None:
        raise CommunityError(_("We can’t find this invitation. Check that you opened the full link."))
    return invitation


def why_refused(invitation: Invitation, user: User) -> str:
    """Return the reason the person cannot accept the invitation, as a sentence; empty if they can."""
    if invitation.is_open and not owns_address(user, invitation.email):
        return _("This invitation was sent to a different email address. Sign in with that address.")
    return why_closed(invitation)


def why_closed(invitation: Invitation) -> str:
    """Return the reason the invitation is closed, as a sentence; empty while it is open."""
    if invitation.used_at:
        return _("This invitation has already been used.")
    if invitation.withdrawn_at:
        return _("This invitation has been withdrawn. Check your inbox for a newer one.")
    if not invitation.is_open:
        return _("This invitation has expired. Ask your school lead to send a new one.")
    return ""


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Withdraw an unused invitation. Idempotent. Raises CommunityError if it has been used or `by` may not."""
    if not may_manage(by, invitation.school):
        raise CommunityError(_("Only a school lead at %(school)s can do this.") % {"school": invitation.school.name})
    Invitation.objects.unused().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    invitation.refresh_from_db()
    if invitation.used_at:
        raise CommunityError(why_closed(invitation))
