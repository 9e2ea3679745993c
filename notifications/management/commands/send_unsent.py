from django.core.management.base import BaseCommand

from ...delivery import send_unsent


class Command(BaseCommand):
    help = "Sends the e-mails that could not be sent when it was their time. Run it every few minutes."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_unsent()} handed on")
