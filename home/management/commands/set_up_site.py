from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from ...public_pages.planting import bring_forms, plant_pages
from ...site_setup import set_up_site


class Command(BaseCommand):
    help = "Create missing parts of the page tree, public pages and moderators' permissions. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pages", action="store_true", help="plant missing public pages and forms, deleted ones too"
        )

    def handle(self, *, pages: bool, **options) -> None:
        home = set_up_site()
        planted = plant_pages(missing=pages)
        forms = bring_forms() if pages else 0
        added = f"{planted} public pages and {forms} forms were added"
        self.stdout.write(f"The site stands, its home page is “{home.title}”; {added}.")
