from django.core.management.base import BaseCommand

from ...writing.unused_uploads import remove_leftovers


class Command(BaseCommand):
    help = "Delete members' uploads that nothing has shown for 30 days, and words kept as long. Run it every night."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{remove_leftovers()} files")
