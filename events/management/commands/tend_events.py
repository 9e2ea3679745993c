from django.core.management.base import BaseCommand

from ...planning.announcing import announce_changes, events_to_settle, events_with_news
from ...seats.registration import fill_free_places
from ...seats.renewing import keep_up


class Command(BaseCommand):
    help = (
        "Move on from expired offers, offer free places to the waiting list, and notify registrants of changes to their"
        " event. Run every few minutes."
    )

    def handle(self, **options) -> None:
        handed_out = sum(len(fill_free_places(event)) for event in events_to_settle())
        told = 0
        for event in events_with_news():
            keep_up(event)
            told += announce_changes(event)
        self.stdout.write(f"{handed_out} places handed out, {told} people told")
