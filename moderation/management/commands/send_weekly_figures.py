from django.core.management.base import BaseCommand

from ...figures.weekly import send_weekly_figures


class Command(BaseCommand):
    help = "Email moderators the figures of last week's moderation, once per person and week. Run every night."

    def handle(self, **options) -> None:
        self.stdout.write(f"{send_weekly_figures()} moderators have the figures of the week.")
