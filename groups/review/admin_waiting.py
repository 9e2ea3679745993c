"""What waits for a moderator, on the admin's first page."""

from django.utils.translation import gettext as _
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from community.access import is_moderator

from ..models import Practice, Review, ReviewRound

WAITING_SHOWN = 15


def waiting_for(user) -> list[Practice]:
    """The practices that wait for this moderator, longest first, each with what it waits for."""
    practices = list(
        Practice.objects.in_queue_of(user)
        .with_submission()
        .select_related("school")
        .order_by("submitted_at", "pk")[:WAITING_SHOWN]
    )
    rounds = ReviewRound.objects.open().with_progress().filter(practice__in=practices)
    by_practice = {one.practice_id: one for one in rounds}
    begun = set(
        Review.objects.filter(reviewer=user, released_at=None, round__in=rounds).values_list("round", flat=True)
    )
    for practice in practices:
        practice.round = by_practice[practice.pk]
        practice.asked = asked_of(practice.round, mine=practice.round.pk in begun)
    return practices


def asked_of(review_round: ReviewRound, *, mine: bool) -> str:
    """What somebody in whose queue the round stands is asked to do; it comes from `with_progress`."""
    if review_round.escalated_at or review_round.written >= review_round.wanted:
        return _("decide")
    return _("finish your review") if mine else _("claim a place")


class WaitingPanel(Component):
    """What waits for the moderator, on the admin's first page."""

    name = "practices_waiting"
    template_name = "groups/admin/waiting.html"
    order = 100

    def get_context_data(self, parent_context: dict) -> dict:
        user = parent_context["request"].user
        return {"practices": waiting_for(user), "number": Practice.objects.in_queue_of(user).count()}


class WaitingSummary(SummaryItem):
    """How many wait, beside the admin's other figures."""

    order = 50
    template_name = "groups/admin/waiting_summary.html"

    def get_context_data(self, parent_context: dict) -> dict:
        return {"number": Practice.objects.in_queue_of(self.request.user).count()}

    def is_shown(self) -> bool:
        return is_moderator(self.request.user)
