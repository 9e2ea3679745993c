"""Wagtail hooks for good practices and their review (groups/practices/review/)."""

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import importmap
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from community.sections import SCHOOL_SECTIONS_HOOK
from content.gate import DRAFT_FILES_HOOK, REVIEWED_FILES_HOOK, WITHHELD_FILES_HOOK
from content.machine_cards import MACHINE_CARDS_HOOK, MakeCard
from moderation.reportable import REPORTABLE_HOOK
from moderation.waiting import HOOK, PEOPLE_HOOK
from notifications.topics import TOPICS_HOOK, Topic

from .finding.school_page import practices_of_school
from .messages import TOPICS
from .models import Practice
from .page.machine_card import practice_card
from .reuse.adopting import TAKEN_BACK
from .reuse.reportable import HIDDEN, RESTORED, ReportableAdoption
from .review.admin_practices import PracticeViewSet
from .review.admin_rubric import RubricViewSet
from .review.admin_take_down import TakenDown
from .review.appeals import APPEALED
from .review.deciding import DECIDED
from .review.renewal import CONFIRMED
from .review.reviewing import CLAIMED, RELEASED, WRITTEN
from .review.rubric import REVISED
from .review.sign_off import WISHED
from .review.taking_down import TAKEN_DOWN, history_of_taken_down
from .review.waiting import WaitingReviews
from .writing.consents import CONSENT_ENDED, PICTURE_DOWN, REMINDED
from .writing.waiting import WaitingConsents

register_snippet(PracticeViewSet)

# Log actions. Messages never quote a review, because others may not see it yet.
LOGGED = [
    (REVISED, _("Revise the rubric"), _("Revised the rubric")),
    (WISHED, _("Choose the sign-off setting"), _("Chose whether a school lead signs off")),
    (CLAIMED, _("Claim a review"), _("Claimed a review")),
    (RELEASED, _("Release a review"), _("Released a review")),
    (WRITTEN, _("Submit a review"), _("Submitted a review")),
    (DECIDED, _("Decide"), _("The review was decided")),
    (APPEALED, _("Appeal"), _("The author appealed")),
    (HIDDEN, _("Hide a report"), _("A school’s report was hidden")),
    (RESTORED, _("Show a report again"), _("A school’s report was shown again")),
    (TAKEN_BACK, _("Withdraw a report"), _("A school withdrew its report")),
    (REMINDED, _("Send a consent reminder"), _("The authors were reminded about an expiring consent")),
    (PICTURE_DOWN, _("Take a picture down"), _("A moderator took a picture down")),
    (CONFIRMED, _("Confirm"), _("The author confirmed that it’s up to date")),
]


@hooks.register("register_log_actions")
def log_of_the_review(actions: LogActionRegistry) -> None:
    actions.register_action(TAKEN_DOWN)(TakenDown)
    actions.register_action(
        CONSENT_ENDED, _("Take a picture down"), _("A consent expired, so a picture was taken down")
    )
    for action, label, message in LOGGED:
        actions.register_action(action, label, message)


hooks.register(HOOK, WaitingReviews)
hooks.register(HOOK, WaitingConsents)
hooks.register(PEOPLE_HOOK, history_of_taken_down)
hooks.register(REPORTABLE_HOOK, ReportableAdoption)
hooks.register(SCHOOL_SECTIONS_HOOK, practices_of_school)
hooks.register(REVIEWED_FILES_HOOK, Practice.objects.shows_in_review)
hooks.register(DRAFT_FILES_HOOK, Practice.objects.shows_to_authors)
hooks.register(WITHHELD_FILES_HOOK, Practice.objects.withholds)


@hooks.register("register_admin_viewset")
def rubric() -> RubricViewSet:
    return RubricViewSet()


@hooks.register("construct_homepage_panels")
def leave_reviews_to_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    # Wagtail's own panel lists the same reviews, without country and waiting time.
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]


@hooks.register("insert_global_admin_js")
def editor_import_map() -> SafeString:
    """Add the import map that the editor's modules need; Wagtail's templates omit it from form media."""
    return importmap.render()


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS


@hooks.register(MACHINE_CARDS_HOOK)
def machine_cards() -> dict[type, MakeCard]:
    return {Practice: practice_card}
