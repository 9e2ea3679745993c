"""What discussions add to other rooms."""

from wagtail import hooks

from notifications.topics import TOPICS_HOOK, Topic

from .messages import TOPICS


@hooks.register(TOPICS_HOOK)
def message_topics() -> list[Topic]:
    return TOPICS
