"""What discussions add to other rooms, and their log actions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from moderation.reportable import REPORTABLE_HOOK
from notifications.topics import TOPICS_HOOK, Topic

from .messages import TOPICS
from .reportable import HIDDEN, RESTORED, ReportableComment, ReportableTopic

hooks.register(REPORTABLE_HOOK, ReportableComment)
hooks.register(REPORTABLE_HOOK, ReportableTopic)


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS


@hooks.register("register_log_actions")
def log_of_hidden_words(actions: LogActionRegistry) -> None:
    actions.register_action(HIDDEN, _("Hide a topic or comment"), _("A moderator hid it"))
    actions.register_action(RESTORED, _("Show a topic or comment again"), _("A moderator showed it again"))
