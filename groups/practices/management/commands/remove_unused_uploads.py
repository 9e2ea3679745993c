from django.core.management.base import BaseCommand

from ...writing.unused_uploads import remove_leftovers


class Command(BaseCommand):
    help = "Delete members' uploads and conflict copies unused for 30 days. Run every night."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{remove_leftovers()} files")
