from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from community.models import School

from ...seed import seed


class Command(BaseCommand):
    help = "Fills an empty site with invented schools, people and texts. Only where DEMO is on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="say nothing and do nothing where there are schools")

    def handle(self, *, once: bool, **options) -> None:
        if not settings.DEMO:
            if once:
                return
            raise CommandError("DEMO is off: demonstration data never mixes with real schools.")
        if School.objects.exists():
            if once:
                return
            raise CommandError("There are schools already. Start with an empty database.")
        seed(lambda line: self.stdout.write(line))
        self.stdout.write(self.style.SUCCESS("The demonstration is ready: sign in as one of its personas."))
