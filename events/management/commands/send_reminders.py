from django.core.management.base import BaseCommand

from ...reminders import send_reminders


class Command(BaseCommand):
    help = "Reminds people with a place a day and an hour before their event, once each. Run it every few minutes."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_reminders()} reminded")
