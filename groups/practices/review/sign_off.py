"""Verbs of a school lead before the review: enable sign-off, sign off, or hand back with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from community.access import leads
from community.models import School

from ..errors import RefusedError
from ..models import Practice, SignOffWish
from ..models.in_review import SIGN_OFF
from .announcements import announce_handed_back, announce_signed_off
from .sign_off_rules import who_signs_off

WISHED = "groups.wish_sign_off"


def _waiting(practice: Practice) -> tuple[Practice, TaskState]:
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    state = row.current_workflow_task_state
    waits = state and state.status == TaskState.STATUS_IN_PROGRESS and state.task.content_type.model == SIGN_OFF
    if not waits:
        raise RefusedError(
            _("This isn’t waiting for sign-off. Someone else has dealt with it, or the author has withdrawn it.")
        )
    return row, state


def _waiting_for(practice: Practice, by) -> tuple[Practice, TaskState]:
    row, state = _waiting(practice)
    if row.written_for(by) is not None:
        raise RefusedError(_("You wrote this, so another lead at your school must sign it off."))
    if not row.may_be_signed_off_by(by):
        raise RefusedError(_("Only leads at %(school)s can sign this off.") % {"school": row.school.name})
    return row, state


@transaction.atomic
def sign_off(*, practice: Practice, by, words: str = "") -> None:
    """Pass the practice to the reviewers and tell its authors. Raises RefusedError, also if someone else was faster."""
    row, state = _waiting_for(practice, by)
    state.approve(user=by, comment=words.strip())
    announce_signed_off(row, state)


@transaction.atomic
def hand_back(*, practice: Practice, by, reason: str) -> None:
    """Return the practice to its authors with a reason. Raises RefusedError, also without a reason."""
    row, state = _waiting_for(practice, by)
    if not reason.strip():
        raise RefusedError(_("Tell the author what to change."))
    state.reject(user=by, comment=reason.strip())
    announce_handed_back(row, state)


@transaction.atomic
def choose_sign_off(*, school: School, wanted: bool, by) -> None:
    """Turn the school's sign-off on or off. Turning it off passes waiting practices to the reviewers at once. Raises
    RefusedError for people who don't lead the school."""
    if not leads(by, school):
        raise RefusedError(_("Only leads at %(school)s can choose this.") % {"school": school.name})
    SignOffWish.objects.update_or_create(
        school=school, defaults={"wanted": wanted, "changed_by": by, "changed_at": timezone.now()}
    )
    log(instance=school, action=WISHED, user=by, data={"wanted": wanted})
    if not wanted:
        for practice in Practice.objects.in_sign_off().filter(school=school):
            pass_on(practice=practice, by=by)


@transaction.atomic
def pass_on(*, practice: Practice, by=None) -> None:
    """Pass a practice to the reviewers without a sign-off: the school turned it off, or has no other lead."""
    _row, state = _waiting(practice)
    state.approve(user=by)


def pass_on_what_nobody_signs_off() -> int:
    """Pass on practices whose school has no lead left to sign them off. Return their number. Idempotent."""
    orphans = [practice for practice in Practice.objects.in_sign_off() if not who_signs_off(practice).exists()]
    for practice in orphans:
        pass_on(practice=practice)
    return len(orphans)
