from django.core.management.base import BaseCommand

from ...digests import send_digests


class Command(BaseCommand):
    help = "Sends each person's daily or weekly digest at seven in the morning of their time zone. Run it every hour."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_digests()} written")
