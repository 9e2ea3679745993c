"""Save a posted form of the editor."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from community.models import User
from content.filters import number_of

from ..errors import PracticesError, RefusedError
from ..models import ConflictCopy, Practice
from .conflict_copies import discard_copy, keep_posted_copy
from .drafts import save_draft
from .edit_locks import acquire_lock, save_under_lock
from .forms import WritingForms
from .storing import store_files


@dataclass(frozen=True)
class Outcome:
    """The practice as saved; or why it was refused, with the conflict copy if there is one; or neither."""

    practice: Practice | None = None
    refusal: PracticesError | None = None
    copy: ConflictCopy | None = None


def started_practice(*, token: UUID | None, by: User) -> Practice | None:
    """Return the latest draft that a form with this token created, or a new practice with the token.

    None without a token, or if it belongs to another author's practice.
    """
    if token is None:
        return None
    earlier = Practice.objects.filter(token=token).first()
    if earlier is None:
        return Practice(author=by, token=token)
    return earlier.get_latest_revision_as_object() if earlier.author_id == by.pk else None


def save_form(*, forms: WritingForms, by: User, posted: QueryDict) -> Outcome:
    """Store the valid files of a bound form, then save its valid fields. Idempotent for the same token.

    Files are stored whatever else is refused, and named in the form, so that nobody has to choose them again.
    Afterwards `forms.is_valid()` tells whether everything was saved. The outcome has neither a practice nor a refusal
    if the form lacks its school or token. If an existing practice can't be saved, `posted` becomes a conflict copy.
    """
    forms.is_valid()
    for rows in forms.file_rows:
        store_files(rows=rows, by=by)
    if not forms.can_be_saved:
        return Outcome()
    practice = forms.filled()
    is_new = practice.pk is None
    try:
        practice = _create(practice, by) if is_new else _save(practice, forms.text.cleaned_data.get("version"), by)
    except PracticesError as refused:
        if is_new:
            return Outcome(refusal=refused)
        copy = keep_posted_copy(practice=forms.practice, by=by, step=forms.step, posted=posted)
        return Outcome(refusal=refused, copy=copy)
    discard_copy(practice=practice, by=by, key=number_of(posted.get("words")))
    return Outcome(practice)


def _create(practice: Practice, by: User) -> Practice:
    token = practice.token
    try:
        with transaction.atomic():
            practice = save_draft(practice=practice, by=by)
            acquire_lock(practice=practice, by=by)
    except IntegrityError as error:
        # The form was submitted twice concurrently, and the other request created the practice.
        earlier = Practice.objects.authored_by(by).filter(token=token).first()
        if earlier is None:
            refusal = RefusedError(_("This form was opened from another account. Please open the page again."))
            raise refusal from error
        return earlier
    return practice


def _save(practice: Practice, version: int | None, by: User) -> Practice:
    return save_under_lock(practice=practice, by=by, version=practice.version if version is None else version)
