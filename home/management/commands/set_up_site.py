from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from home.public_pages.planting import plant_pages
from home.site_setup import set_up_site


class Command(BaseCommand):
    help = "Creates the page tree, the public pages and the moderators' rights where they are missing. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", action="store_true", help="plant missing public pages, deleted ones too")

    def handle(self, *, pages: bool, **options) -> None:
        home = set_up_site()
        planted = plant_pages(missing=pages)
        self.stdout.write(f"The site stands, its home page is “{home.title}”; {planted} public pages were added.")
