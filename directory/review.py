"""Moderators' decisions on school pages: approve, refuse, or take off later."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of, moderates
from community.models import School, User

from .announcements import announce_approved, announce_refused, announce_taken_off
from .errors import DirectoryError
from .models import Kind, ProfileItem, Status
from .profile import replace_shown

APPROVED, REFUSED, TAKEN_OFF = "directory.approve", "directory.refuse", "directory.take_off"


@transaction.atomic
def approve(*, item: ProfileItem, by: User) -> ProfileItem:
    """Publish the item on the school's page, replacing the previous one, and tell the leads. Idempotent.

    Raises DirectoryError if `by` may not moderate the school, if the item was refused or withdrawn, or if its consent
    has expired.
    """
    item = _locked(item, by)
    if item.status == Status.SHOWN:
        return item
    _must_wait(item)
    if item.lacks_consent:
        raise DirectoryError(_("The consent for this picture has expired."))
    replace_shown(item)
    if item.kind == Kind.WEBSITE:
        School.objects.filter(pk=item.school_id).update(website=item.url)
    _decide(item, by, Status.SHOWN, APPROVED)
    announce_approved(item)
    return item


@transaction.atomic
def refuse(*, item: ProfileItem, by: User, reason: str) -> ProfileItem:
    """Refuse the item and tell the leads why. Idempotent.

    Raises DirectoryError if `by` may not moderate the school, if the item isn't waiting, or without a reason.
    """
    item = _locked(item, by)
    if item.status == Status.REFUSED:
        return item
    _must_wait(item)
    _decide(item, by, Status.REFUSED, REFUSED, reason)
    announce_refused(item)
    return item


@transaction.atomic
def take_off(*, item: ProfileItem, by: User, reason: str) -> ProfileItem:
    """Take a published item off the page and tell the leads why. Idempotent.

    Raises DirectoryError if `by` may not moderate the school, if the item isn't published, or without a reason.
    """
    item = _locked(item, by)
    if item.status == Status.REFUSED:
        return item
    if item.status != Status.SHOWN:
        raise DirectoryError(_("This isn’t on the page."))
    if item.kind == Kind.WEBSITE:
        School.objects.filter(pk=item.school_id, website=item.url).update(website="")
    _decide(item, by, Status.REFUSED, TAKEN_OFF, reason)
    announce_taken_off(item)
    return item


def _locked(item: ProfileItem, by: User) -> ProfileItem:
    # The school's row locks everything on its page, as in profile.py.
    school = School.objects.select_for_update().get(pk=item.school_id)
    if not moderates(by, school.country.code):
        raise DirectoryError(_("You don’t moderate schools in this country."))
    if any(belonging.school_id == school.pk for belonging in access_of(by).belongings):
        raise DirectoryError(_("You’re a member of this school, so another moderator has to decide."))
    return ProfileItem.objects.select_related("school", "image", "decided_by").get(pk=item.pk)


def _must_wait(item: ProfileItem) -> None:
    if item.status != Status.WAITING:
        raise DirectoryError(
            _("This has already been dealt with: another moderator decided, or the school withdrew it.")
        )


def _decide(item: ProfileItem, by: User, status: Status, action: str, reason: str = "") -> None:
    reason = reason.strip()
    if status == Status.REFUSED and not reason:
        raise DirectoryError(_("Tell the school why."))
    item.status, item.decided_by, item.decided_at, item.reason = status, by, timezone.now(), reason
    item.save(update_fields=["status", "decided_by", "decided_at", "reason"])
    log(instance=item.school, action=action, user=by, data={"kind": item.kind, "item": item.pk, "reason": reason})
