"""Expiring consents. The queryset hides pictures from readers; these verbs notify authors, and let moderators send
reminders or take a picture down at once."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import moderates

from ..errors import PracticesError, RefusedError
from ..models import ConsentNotice, EndedConsent, Practice, PracticeImage
from .announcements import tell_consent_ended, tell_consent_ending, tell_picture_taken_down

CONSENT_ENDED, REMINDED, PICTURE_DOWN = "groups.consent_ended", "groups.consent_remind", "groups.picture_take_down"


def take_down_expired_consents(at: date | None = None) -> int:
    """Notify the authors of published practices of pictures whose consent ended before `at` (default: today), once per
    picture, and log each; return the number. Idempotent and safe to run concurrently.
    """
    at = at or timezone.now().date()
    ended = PracticeImage.objects.with_ended_consent(at).filter(practice__live=True)
    number = 0
    for picture in ended.select_related("practice__school", "practice__author").order_by("pk"):
        with transaction.atomic():
            # The unique row acts as the lock: only one of two concurrent runs notifies.
            row, new = EndedConsent.objects.get_or_create(
                practice=picture.practice, image_id=picture.image_id, consent_until=picture.consent_until
            )
            if not new:
                continue
            log(instance=picture.practice, action=CONSENT_ENDED, data={"picture": picture.alt})
            tell_consent_ended(row, picture.alt)
        number += 1
    return number


@transaction.atomic
def remind_of_consent(*, picture: PracticeImage, by) -> None:
    """Remind the authors to renew the consent, once per expiry date. Raises RefusedError."""
    row = _locked(picture, by)
    if _looked_after(row, ConsentNotice.Outcome.REMINDED, by):
        log(instance=row.practice, action=REMINDED, user=by, data={"picture": row.alt})
        tell_consent_ending(row)


@transaction.atomic
def take_picture_down(*, picture: PracticeImage, by, reason: str) -> None:
    """End the consent now, which hides the picture from readers, and tell the authors why.

    The consent also ends in the authors' draft, because publishing that must not restore the picture. Idempotent.
    Raises RefusedError, and PracticesError without a reason.
    """
    row = _locked(picture, by)
    if not reason.strip():
        raise PracticesError(_("Tell the authors why you’re taking the picture down."))
    if row.lacks_consent:
        return
    _looked_after(row, ConsentNotice.Outcome.TAKEN_DOWN, by)
    ended = timezone.now().date() - timedelta(days=1)
    PracticeImage.objects.filter(pk=row.pk).update(consent_until=ended)
    _end_in_versions(row, ended)
    # Keeps the nightly run from notifying the authors again.
    EndedConsent.objects.get_or_create(practice=row.practice, image_id=row.image_id, consent_until=ended)
    entry = log(
        instance=row.practice, action=PICTURE_DOWN, user=by, data={"picture": row.alt, "reason": reason.strip()}
    )
    tell_picture_taken_down(row, reason.strip(), key=str(entry.pk))


def _locked(picture: PracticeImage, by) -> PracticeImage:
    """Return the picture with its practice locked. Raises RefusedError."""
    practice = Practice.objects.select_for_update().get(pk=picture.practice_id)
    if not moderates(by, practice.school.country.code):
        raise RefusedError(_("You don’t moderate this school’s practices."))
    row = PracticeImage.objects.filter(pk=picture.pk, practice=practice).first()
    if row is None or not practice.live:
        raise RefusedError(_("The picture is no longer on the site."))
    row.practice = practice
    return row


def _looked_after(row: PracticeImage, outcome: str, by) -> bool:
    notice, new = ConsentNotice.objects.get_or_create(
        practice=row.practice,
        image_id=row.image_id,
        consent_until=row.consent_until,
        defaults={"outcome": outcome, "given_by": by},
    )
    if not new and outcome == ConsentNotice.Outcome.TAKEN_DOWN:
        ConsentNotice.objects.filter(pk=notice.pk).update(outcome=outcome, given_by=by, given_at=timezone.now())
    return new


def _end_in_versions(row: PracticeImage, ended: date) -> None:
    for revision in row.practice.revisions.filter(pk__gte=row.practice.live_revision_id or 0):
        pictures = [each for each in revision.content.get("images", []) if each["image"] == row.image_id]
        for each in pictures:
            each["consent_until"] = ended.isoformat()
        if pictures:
            revision.save(update_fields=["content"])
