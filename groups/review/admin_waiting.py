"""What waits for a moderator, on the admin's first page."""

from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from community.access import is_moderator

from ..models import Practice

WAITING_SHOWN = 15


def waiting_for(user) -> list[Practice]:
    """The practices that wait for this moderator, longest first, with the moment they were submitted."""
    return list(
        Practice.objects.in_queue_of(user)
        .with_submission()
        .select_related("school")
        .order_by("submitted_at", "pk")[:WAITING_SHOWN]
    )


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
