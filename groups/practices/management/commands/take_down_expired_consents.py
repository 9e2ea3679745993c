from django.core.management.base import BaseCommand

from ...writing.consents import take_down_expired_consents


class Command(BaseCommand):
    help = "Tell authors, once, which of their pictures were hidden because a consent expired. Run every night."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{take_down_expired_consents()} pictures")
