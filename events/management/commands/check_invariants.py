from django.core.management.base import BaseCommand, CommandError

from ...models import EventPage, Offer, Registration
from ...seats.invariants import check

SHOWN = 5


class Command(BaseCommand):
    help = "Check that places and offers are consistent; exit with 1 and list the rows that are not."

    def handle(self, **options) -> None:
        self.stdout.write(
            f"{EventPage.objects.count()} events, {Registration.objects.count()} registrations,"
            f" {Offer.objects.count()} offers"
        )
        sentences = check()
        for sentence, broken in sentences:
            self.stdout.write(f"{'✗' if broken else '✓'} {sentence}")
            for row in broken[:SHOWN]:
                self.stdout.write(f"    {row}")
            if len(broken) > SHOWN:
                self.stdout.write(f"    and {len(broken) - SHOWN} more")
        if failures := sum(bool(broken) for _sentence, broken in sentences):
            raise CommandError(f"Not true of this database: {failures} of {len(sentences)}, marked ✗ above.")
