from django.core.management.base import BaseCommand

from ...review.reminders import hand_on_what_waits_too_long, remind_reviewers
from ...review.renewal import ask_whether_still_true
from ...review.sign_off import pass_on_what_nobody_signs_off


class Command(BaseCommand):
    help = (
        "Remind reviewers of due dates, escalate what has waited too long, and ask authors every two years to confirm"
        " their practice; each once. Run every night."
    )

    def handle(self, **options) -> None:
        self.stdout.write(f"{pass_on_what_nobody_signs_off()} practices moved on without sign-off")
        self.stdout.write(f"{remind_reviewers()} reviews due soon")
        self.stdout.write(f"{hand_on_what_waits_too_long()} reviews passed to central moderators")
        self.stdout.write(f"{ask_whether_still_true()} practices to confirm")
