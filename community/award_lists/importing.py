"""Import award lists: a dry run that changes nothing, and an idempotent, resumable run with progress."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from ..access import access_of, is_moderator
from ..belonging.invitations import send_unsent_invitations
from ..errors import CommunityError
from ..models import AwardListImport, AwardListRow, Confirmation, Invitation, Outcome, User
from .cells import quoted
from .planning import CHUNK, Result, apply, covers, plan
from .rows import Row, read_award_list
from .sheets import MAX_BYTES, AwardListError, too_large

# Rows per transaction: small enough to show progress, large enough to be fast.
BATCH = 200

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """The outcome of each row of a list, planned or applied."""

    results: list[Result]
    notes: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Result]:
        return [result for result in self.results if result.outcome == Outcome.ERROR]

    @property
    def counts(self) -> dict[Outcome, int]:
        found = [result.outcome for result in self.results]
        return {outcome: found.count(outcome) for outcome in Outcome}


# -- Without an upload record: the command line and the demonstration ---------------------------------


def check_rows(*, content: bytes, by: User | None = None, invite_leads: bool) -> Report:
    """Report what `import_rows` would do, without writing. Raises AwardListError if the file is unreadable."""
    award_list = read_award_list(BytesIO(content))
    steps = plan(award_list.rows, by=by, invite_leads=invite_leads)
    return Report([step.result for step in steps], award_list.notes)


def import_rows(
    *, content: bytes, by: User | None = None, invite_leads: bool, progress: Progress | None = None
) -> Report:
    """Import the list's valid rows, each atomically, in batches. Idempotent.

    `by` limits the rows to the countries the moderator is responsible for; None is the site's operator. `progress` is
    called with the number of rows done and the total. Raises AwardListError if the file is unreadable.
    """
    award_list = read_award_list(BytesIO(content))
    total = len(award_list.rows)
    report = Report([], award_list.notes)
    if invite_leads:
        _send_unsent_invitations(award_list.rows, by)
    for start in range(0, total, BATCH):
        with transaction.atomic():
            report.results += apply(award_list.rows[start : start + BATCH], by=by, invite_leads=invite_leads)
        if progress:
            progress(len(report.results), total)
    return report


def _send_unsent_invitations(rows: list[Row], by: User | None) -> None:
    """Send the invitations that earlier imports made for the schools on this list, if their emails never left.

    Schools imported by a killed run count as unchanged now, so only this sends their invitations.
    """
    mine = covers(by)
    codes = sorted({row.entry.code for row in rows if row.entry and mine(row.entry.country)})
    invitations = Invitation.objects.open().filter(confirmed_by=Confirmation.IMPORT)
    for start in range(0, len(codes), CHUNK):
        send_unsent_invitations(invitations.filter(school__code__in=codes[start : start + CHUNK]))


# -- Uploaded lists -------------------------------------------------------------------------------


def imports_of(user: User) -> QuerySet[AwardListImport]:
    """Return the imports a moderator may see: all for central moderators, otherwise their own."""
    if access_of(user).moderates_all:
        return AwardListImport.objects.all()
    return AwardListImport.objects.filter(uploaded_by=user) if is_moderator(user) else AwardListImport.objects.none()


def upload_award_list(*, by: User, file: UploadedFile, invite_leads: bool) -> AwardListImport:
    """Store the list and the planned outcome of each row; no school changes.

    Raises CommunityError if `by` is not a moderator, and AwardListError, storing nothing, if the file is unreadable.
    """
    if not is_moderator(by):
        raise CommunityError(_("Only moderators can import award lists."))
    if file.size > MAX_BYTES:
        raise AwardListError(too_large())
    content = file.read()
    award_list = read_award_list(BytesIO(content))
    steps = plan(award_list.rows, by=by, invite_leads=invite_leads)
    with transaction.atomic():
        award_import = AwardListImport(
            filename=quoted(file.name),
            sha256=hashlib.sha256(content).hexdigest(),
            notes=award_list.notes,
            language=translation.get_language(),
            invite_leads=invite_leads,
            uploaded_by=by,
            rows_total=len(steps),
        )
        award_import.file.save(file.name, ContentFile(content), save=True)
        _record(award_import, [step.result for step in steps])
    return award_import


def start_award_list(*, award_import: AwardListImport, by: User) -> None:
    """Apply the list in a background task. Raises CommunityError if it is done, running or not visible to `by`.

    Only rows in the countries of the person starting it are applied. A run that died can be restarted and resumes.
    """
    with transaction.atomic():
        run = _claim(award_import, by)
        transaction.on_commit(partial(run_award_list.enqueue, award_import.pk, run))


def apply_award_list(*, award_import: AwardListImport, by: User, progress: Progress | None = None) -> AwardListImport:
    """Apply the list synchronously, with the guarantees of `start_award_list`, and return it afterwards."""
    _run(award_import.pk, _claim(award_import, by), progress)
    return AwardListImport.objects.get(pk=award_import.pk)


@task()
def run_award_list(import_id: int, run: int) -> None:
    """Apply a started list in the background."""
    _run(import_id, run, None)


class TakenOverError(Exception):
    """Another run of the same list has taken over."""


def _claim(award_import: AwardListImport, by: User) -> int:
    """Claim the list for this caller and return the run's number. Raises CommunityError if it cannot be claimed."""
    if not imports_of(by).filter(pk=award_import.pk).exists():
        raise CommunityError(_("You aren’t allowed to import this award list."))
    claimed = AwardListImport.objects.startable().filter(pk=award_import.pk, run=award_import.run)
    run = award_import.run + 1
    if not claimed.update(status=AwardListImport.Status.RUNNING, run=run, started_by=by, progressed_at=timezone.now()):
        raise CommunityError(_("This award list is already being imported, or has been imported."))
    return run


def _run(import_id: int, run: int, progress: Progress | None) -> None:
    mine = AwardListImport.objects.filter(pk=import_id, run=run, status=AwardListImport.Status.RUNNING)
    award_import = mine.select_related("started_by").first()
    if award_import is None:
        return
    try:
        with translation.override(award_import.language), award_import.file.open() as stream:
            rows = read_award_list(stream).rows
            if award_import.invite_leads:
                _send_unsent_invitations(rows, award_import.started_by)
            for start in range(award_import.rows_done, len(rows), BATCH):
                _apply_batch(award_import, mine, rows[start : start + BATCH], start)
                if progress:
                    progress(min(start + BATCH, len(rows)), len(rows))
        mine.update(status=AwardListImport.Status.DONE, progressed_at=timezone.now())
    except TakenOverError:
        return
    except Exception:
        # A failed run can be restarted at once, without waiting until it counts as stalled.
        mine.update(status=AwardListImport.Status.FAILED)
        raise


def _apply_batch(award_import: AwardListImport, mine: QuerySet, rows: list[Row], start: int) -> None:
    """Apply and count the rows in one transaction, so that a killed run has done exactly what it counted."""
    with transaction.atomic():
        if not mine.filter(rows_done=start).update(rows_done=start + len(rows), progressed_at=timezone.now()):
            raise TakenOverError
        results = apply(rows, by=award_import.started_by, invite_leads=award_import.invite_leads)
        award_import.rows.filter(line__in=[result.line for result in results]).delete()
        _record(award_import, results)


def _record(award_import: AwardListImport, results: list[Result]) -> None:
    AwardListRow.objects.bulk_create(
        [
            AwardListRow(
                award_import=award_import,
                line=result.line,
                code=result.code,
                name=result.name,
                outcome=result.outcome,
                message=result.message,
            )
            for result in results
        ],
        batch_size=1000,
    )
