"""Publication status of a practice, and who may review or sign it off."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from community.access import leads, moderates

from .in_review import SIGN_OFF
from .reviews import Outcome, ReviewRound

# Label, badge tone, next step for the author.
STATUSES = {
    "draft": (_("draft"), "neutral", _("Finish it and submit it for review.")),
    "signing_off": (
        _("with the school lead"),
        "info",
        _("A lead at your school is reading it first. We’ll let you know."),
    ),
    "in_review": (_("in review"), "info", _("Reviewers are reading it. We’ll let you know.")),
    "returned": (_("sent back"), "warning", _("Make the changes you’ve been asked for and submit it again.")),
    "declined": (_("declined"), "danger", _("Read the reasons. You can appeal once, or edit the text.")),
    "published": (_("published"), "success", _("Readers can see it. Changes are reviewed before they appear.")),
    "changed": (_("published, with unsubmitted changes"), "gold", _("Submit your changes when they’re ready.")),
    "removed": (_("removed from the site"), "danger", _("Fix the problem, then submit it again.")),
}


class ReviewStatus:
    """Mixin for publication status. `with_review` annotates what the cached properties query per instance."""

    @cached_property
    def review_status(self) -> str:
        state = self.current_workflow_state
        return state.status if state else ""

    @cached_property
    def review_stage(self) -> str:
        state = self.current_workflow_state
        return state.current_task_state.task.content_type.model if state else ""

    @cached_property
    def last_outcome(self) -> str:
        last = ReviewRound.objects.filter(practice=self.pk).order_by("-pk").first()
        return last.outcome if last else ""

    @property
    def status(self) -> str:
        """The publication status, a key of STATUSES."""
        if self.review_status == WorkflowState.STATUS_IN_PROGRESS:
            return "signing_off" if self.review_stage == SIGN_OFF else "in_review"
        if self.review_status == WorkflowState.STATUS_NEEDS_CHANGES:
            return "returned"
        if self.live:
            return "changed" if self.has_unpublished_changes else "published"
        if self.last_outcome == Outcome.DECLINE:
            return "declined"
        return "removed" if self.first_published_at else "draft"

    @property
    def status_label(self) -> str:
        return STATUSES[self.status][0]

    @property
    def status_tone(self) -> str:
        return STATUSES[self.status][1]

    @property
    def next_step(self) -> str:
        """The author's next step, or what they are waiting for."""
        return STATUSES[self.status][2]

    @property
    def is_submitted(self) -> bool:
        """True while it is with a school lead or the reviewers."""
        return self.status in ("signing_off", "in_review")

    def may_be_reviewed_by(self, user) -> bool:
        """Return whether the person moderates the school's country and has no conflict of interest."""
        return moderates(user, self.school.country.code) and not self.has_conflict_with(user)

    def may_be_signed_off_by(self, user) -> bool:
        """Return whether the person leads its school and is not one of its authors."""
        return self.written_for(user) is None and leads(user, self.school)

    def return_reason(self) -> str:
        """Return the reviewer's or lead's comment while changes are requested; otherwise empty."""
        state = self.current_workflow_state
        if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
            return ""
        return state.current_task_state.comment
