from django.core.management.base import BaseCommand

from home.site_setup import set_up_site


class Command(BaseCommand):
    help = "Creates the page tree and the moderators' rights where they are missing. Safe to repeat."

    def handle(self, **options) -> None:
        home = set_up_site()
        self.stdout.write(f"The site stands, its home page is “{home.title}”.")
