"""Registers good practices and their review (groups/review/) with the Wagtail admin."""

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import importmap
from wagtail import hooks
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.action_menu import ActionMenuItem, LockedMenuItem, SaveMenuItem, WorkflowMenuItem
from wagtail.snippets.models import register_snippet

from community.access import is_moderator

from .models import Practice
from .review.admin_practices import PracticeViewSet
from .review.admin_take_down import TakenDown
from .review.admin_waiting import WaitingPanel, WaitingSummary
from .review.moderation import TAKEN_DOWN
from .review.rubric import REVISED
from .writing.consents import CONSENT_ENDED

register_snippet(PracticeViewSet)


@hooks.register("register_log_actions")
def log_of_the_review(actions: LogActionRegistry) -> None:
    actions.register_action(TAKEN_DOWN)(TakenDown)
    actions.register_action(CONSENT_ENDED, _("Take a picture down"), _("A consent has ended: a picture is taken down"))
    actions.register_action(REVISED, _("Revise the rubric"), _("A new version of the rubric"))


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    # Wagtail's own panel lists the same reviews without country and age.
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    if is_moderator(request.user):
        panels.append(WaitingPanel())


@hooks.register("construct_homepage_summary_items")
def count_what_waits(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(WaitingSummary(request))


@hooks.register("construct_snippet_action_menu")
def only_what_a_review_offers(menu_items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    """Deciding comes first, then saving; nothing else leads to or around the review."""
    if context["model"] is not Practice:
        return
    kept = [item for item in menu_items if isinstance(item, SaveMenuItem | WorkflowMenuItem | LockedMenuItem)]
    menu_items[:] = sorted(kept, key=lambda item: getattr(item, "name", "") != "approve")


@hooks.register("insert_global_admin_js")
def editor_import_map() -> SafeString:
    """The text editor's modules find each other through it; Wagtail's templates leave it out of a form's media."""
    return importmap.render()
