"""Hooks through which discussions extend other rooms, and their log actions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from moderation.reportable import REPORTABLE_HOOK
from notifications.topics import TOPICS_HOOK, Topic

from .messages import TOPICS
from .places import PLACES_HOOK
from .polls import polling
from .reportable import HIDDEN, RESTORED, ReportableComment, ReportableTopic
from .topics import managing
from .topics.place import TopicKind

hooks.register(PLACES_HOOK, TopicKind)
hooks.register(REPORTABLE_HOOK, ReportableComment)
hooks.register(REPORTABLE_HOOK, ReportableTopic)

LOGGED = [
    (HIDDEN, _("Hide a topic or comment"), _("A moderator hid it")),
    (RESTORED, _("Show a topic or comment again"), _("A moderator showed it again")),
    (managing.CLOSED, _("Close a topic"), _("The topic was closed")),
    (managing.REOPENED, _("Reopen a topic"), _("The topic was reopened")),
    (managing.PINNED, _("Pin a topic"), _("The topic was pinned")),
    (managing.UNPINNED, _("Unpin a topic"), _("The topic was unpinned")),
    (polling.ENDED, _("End a poll"), _("The poll was ended")),
]


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS


@hooks.register("register_log_actions")
def log_discussions(actions: LogActionRegistry) -> None:
    for action, label, message in LOGGED:
        actions.register_action(action, label, message)
