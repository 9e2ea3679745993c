from django.core.management.base import BaseCommand

from ...digests import send_digests


class Command(BaseCommand):
    help = "Send daily and weekly digests, at seven in the morning of each person's time zone. Run every hour."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_digests()} written")
