"""One practice in the Wagtail admin: who changes it when, and what has changed."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.widgets.button import HeaderButton
from wagtail.locks import BaseLock
from wagtail.models import TaskState
from wagtail.snippets.views.snippets import EditView

from ..models import Practice
from ..models.querysets import PracticeQuerySet


class NotInReview(BaseLock):
    """Outside a review the text belongs to its author: moderators read it."""

    def for_user(self, user) -> bool:
        return True

    def get_message(self, user) -> str:
        return gettext("This is not in review: you can read it. Changes come from its author and are reviewed again.")

    def get_description(self, user) -> str:
        return gettext("Moderators change a good practice only while they review it.")


class PracticeEditView(EditView):
    def get_object(self, queryset: PracticeQuerySet | None = None) -> Practice:
        latest = super().get_object(queryset)
        # What the author has not submitted is nobody else's to read.
        return latest if self.live_object.workflow_in_progress else self.live_object

    def get_page_subtitle(self) -> str:
        return self.object.title

    def get_lock(self) -> BaseLock:
        return super().get_lock() or NotInReview(self.object)

    def get_available_actions(self) -> list[str]:
        # Publishing, submitting and cancelling go through the review and its rules, never around them.
        return [action for action in super().get_available_actions() if action in ("edit", "workflow-action")]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        practice = self.live_object
        buttons = super().header_buttons
        if address := comparison_of(practice):
            label = gettext("What has changed")
            buttons = [*buttons, HeaderButton(label=label, url=address, icon_name="history", priority=5)]
        if practice.live:
            address = reverse("wagtailsnippets_groups_practice:unpublish", args=[practice.pk])
            label = gettext("Take off the site")
            buttons = [*buttons, HeaderButton(label=label, url=address, icon_name="download", priority=90)]
        return buttons


def comparison_of(practice: Practice) -> str:
    """Where what waits is compared with what readers see, or with what was sent back; empty for a first version."""
    if not practice.workflow_in_progress:
        return ""
    before = practice.live_revision_id
    if before is None:
        returned = TaskState.objects.for_instance(practice).filter(status=TaskState.STATUS_REJECTED)
        before = returned.order_by("-finished_at").values_list("revision_id", flat=True).first()
    if before is None:
        return ""
    return reverse(
        "wagtailsnippets_groups_practice:revisions_compare", args=[practice.pk, before, practice.latest_revision_id]
    )
