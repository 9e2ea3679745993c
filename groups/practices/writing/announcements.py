"""Notifications to authors and co-authors, each in the recipient's language."""

from collections.abc import Iterable
from functools import partial

from django.db.models import Model
from django.urls import reverse

from community.models import User
from notifications.delivery import notify

from ..models import CoAuthor, EndedConsent, Practice, PracticeImage


def tell_invited(invitation: CoAuthor, practice: Practice) -> None:
    """Notify the invitee, with a link to the page for answering."""
    _tell(
        [invitation.person],
        "co_author_invited",
        f"co_author_invited:{invitation.pk}",
        "practice_mine",
        [],
        about=invitation,
        practice=practice,
        inviter=invitation.invited_by,
    )


def tell_accepted(invitation: CoAuthor) -> None:
    """Tell the first author that a co-author has accepted."""
    practice = invitation.practice
    people = [practice.author] if practice.author and practice.author.is_active else []
    _tell(
        people,
        "co_author_accepted",
        f"co_author_accepted:{invitation.pk}",
        "practice_co_authors",
        [practice.pk],
        about=practice,
        practice=practice,
        person=invitation.person,
        school=invitation.school,
    )


def tell_ended(invitation: CoAuthor) -> None:
    """Tell a co-author that they have been removed."""
    key = f"co_author_ended:{invitation.pk}"
    _tell([invitation.person], "co_author_ended", key, "practice_mine", [], practice=invitation.practice)


def tell_consent_ended(ended: EndedConsent, alt: str) -> None:
    """Tell the authors that a picture is now hidden, and what they can do."""
    _tell(
        ended.practice.authors(),
        "consent_ended",
        f"consent_ended:{ended.pk}",
        "practice_step",
        [ended.practice_id, "files"],
        about=ended.practice,
        practice=ended.practice,
        alt=alt,
        until=ended.consent_until,
    )


def tell_consent_ending(picture: PracticeImage) -> None:
    """Remind the authors to renew a consent before it expires."""
    _tell(
        picture.practice.authors(),
        "consent_ending",
        f"consent_ending:{picture.practice_id}:{picture.image_id}:{picture.consent_until}",
        "practice_step",
        [picture.practice_id, "files"],
        about=picture.practice,
        practice=picture.practice,
        alt=picture.alt,
        until=picture.consent_until,
    )


def tell_picture_taken_down(picture: PracticeImage, reason: str, key: str) -> None:
    """Tell the authors why a moderator took a picture down."""
    _tell(
        picture.practice.authors(),
        "picture_taken_down",
        f"picture_taken_down:{key}",
        "practice_step",
        [picture.practice_id, "files"],
        about=picture.practice,
        practice=picture.practice,
        alt=picture.alt,
        reason=reason,
    )


def _tell(
    people: Iterable[User],
    message: str,
    key: str,
    route: str,
    args: list,
    about: Model | None = None,
    **context: object,
) -> None:
    url = partial(reverse, route, args=args)
    notify(recipients=people, message=f"practices/{message}", context=context, url=url, key=key, about=about)
