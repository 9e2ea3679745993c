"""Feedback in the Wagtail admin, and what home adds to other rooms."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from community.wagtail_hooks import CentralModeratorsPolicy
from content.machine_cards import MACHINE_CARDS_HOOK, MakeCard
from events.sections import EVENT_SECTIONS_HOOK
from groups.discussions.places import PLACES_HOOK
from groups.practices.page.sections import PRACTICE_SECTIONS_HOOK
from moderation.waiting import HOOK
from notifications.topics import TOPICS_HOOK, Topic

from .bridges.event_practice import practice_section
from .bridges.practice_discussion import PracticeKind, practice_discussion_section
from .feedback.giving import SETTLED, settle
from .feedback.waiting import WaitingFeedback
from .messages import TOPICS
from .metadata.machine_card import home_card
from .models import Feedback, HomePage


class FeedbackPolicy(CentralModeratorsPolicy):
    """Central moderators can read feedback and add a note. Nobody can add or delete feedback there."""

    def user_has_permission(self, user, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)


class FeedbackNoteForm(WagtailAdminModelForm):
    """A form that saves only the note. `settle` records the time."""

    def save(self, commit: bool = True) -> Feedback:
        return settle(self.instance, answer=self.cleaned_data["answer"], by=self.for_user)


register_permission_policy(Feedback, FeedbackPolicy(Feedback))


class FeedbackViewSet(SnippetViewSet):
    model = Feedback
    icon = "mail"
    menu_label = _("Feedback")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["__str__", "page", "created_at", "settled_at"]
    list_filter = ["language"]
    search_fields = ["message", "page"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            *(FieldPanel(name, read_only=True) for name in ("message", "page", "email", "language", "created_at")),
            FieldPanel("answer"),
            FieldPanel("settled_at", read_only=True),
        ],
        base_form_class=FeedbackNoteForm,
    )


register_snippet(FeedbackViewSet)
hooks.register(HOOK, WaitingFeedback)
hooks.register(EVENT_SECTIONS_HOOK, practice_section)
hooks.register(PLACES_HOOK, PracticeKind)
hooks.register(PRACTICE_SECTIONS_HOOK, practice_discussion_section)


@hooks.register("register_log_actions")
def log_feedback(actions: LogActionRegistry) -> None:
    actions.register_action(SETTLED, _("Deal with feedback"), _("Dealt with"))


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS


@hooks.register(MACHINE_CARDS_HOOK)
def machine_cards() -> dict[type, MakeCard]:
    return {HomePage: home_card}
