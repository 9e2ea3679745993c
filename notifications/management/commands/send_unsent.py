from django.core.management.base import BaseCommand

from ...delivery import send_unsent


class Command(BaseCommand):
    help = "Retry emails that could not be sent. Run every few minutes."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_unsent()} handed on")
