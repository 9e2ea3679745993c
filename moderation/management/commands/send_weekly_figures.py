from django.core.management.base import BaseCommand

from ...figures.weekly import send_weekly_figures


class Command(BaseCommand):
    help = "Tells moderators of the last whole week on their desk, once per person and week. Run it every night."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_weekly_figures()} moderators have the figures of the week.")
