import sys
from argparse import ArgumentTypeError
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...award_lists.importing import check_rows, import_rows
from ...award_lists.sheets import MAX_BYTES, AwardListError


def readable_file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise ArgumentTypeError(f"{name} is not a file")
    return path


class Command(BaseCommand):
    help = "Import an award list (CSV or XLSX; see docs/award-lists.md). Exits with 1 if any row was rejected."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=readable_file)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--no-invitations", action="store_true", help="do not invite the school leads")

    def handle(self, *, file: Path, dry_run: bool, no_invitations: bool, **options) -> None:
        with file.open("rb") as stream:
            # One byte over the limit is enough to reject the file.
            content = stream.read(MAX_BYTES + 1)
        try:
            if dry_run:
                report = check_rows(content=content, invite_leads=not no_invitations)
            else:
                report = import_rows(content=content, invite_leads=not no_invitations, progress=self.show_progress)
        except AwardListError as error:
            raise CommandError(str(error)) from error
        for note in report.notes:
            self.stdout.write(self.style.WARNING(note))
        for error in report.errors:
            self.stderr.write(f"Row {error.line} ({error.code}): {error.message}")
        self.stdout.write(", ".join(f"{outcome.label}: {count}" for outcome, count in report.counts.items()))
        if report.errors:
            sys.exit(1)

    def show_progress(self, done: int, total: int) -> None:
        self.stdout.write(f"\r{done} of {total} rows", ending="\n" if done == total else "")
        self.stdout.flush()
