from django.core.management.base import BaseCommand

from ...review.reminders import hand_on_what_waits_too_long, remind_reviewers
from ...review.renewal import ask_whether_still_true
from ...review.sign_off import pass_on_what_nobody_signs_off


class Command(BaseCommand):
    help = (
        "Reminds reviewers before their review is due, hands on what waits too long, and asks authors every two years"
        " whether their practice is still true; each once. Run it every night."
    )

    def handle(self, **options) -> None:
        self.stdout.write(f"{pass_on_what_nobody_signs_off()} passed on that nobody signs off")
        self.stdout.write(f"{remind_reviewers()} reviews due soon")
        self.stdout.write(f"{hand_on_what_waits_too_long()} handed on to central moderators")
        self.stdout.write(f"{ask_whether_still_true()} practices to confirm")
