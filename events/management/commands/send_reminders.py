from django.core.management.base import BaseCommand

from ...reminders import send_reminders


class Command(BaseCommand):
    help = "Remind registrants a day and an hour before their event, once each. Run every few minutes."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_reminders()} reminded")
