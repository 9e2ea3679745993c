"""Wagtail hooks for discussions: topics as places, and log actions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .places import PLACES_HOOK
from .polls import polling
from .topics import managing
from .topics.place import TopicKind

hooks.register(PLACES_HOOK, TopicKind)

LOGGED = [
    (managing.CLOSED, _("Close a topic"), _("The topic was closed")),
    (managing.REOPENED, _("Reopen a topic"), _("The topic was reopened")),
    (managing.PINNED, _("Pin a topic"), _("The topic was pinned")),
    (managing.UNPINNED, _("Unpin a topic"), _("The topic was unpinned")),
    (polling.ENDED, _("End a poll"), _("The poll was ended")),
]


@hooks.register("register_log_actions")
def log_discussions(actions: LogActionRegistry) -> None:
    for action, label, message in LOGGED:
        actions.register_action(action, label, message)
