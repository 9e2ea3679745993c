from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderators’ desk")

    def ready(self) -> None:
        # Topics name a choice that a model defines, and models exist only now.
        from notifications.topics import register_topics

        from .messages import TOPICS

        register_topics(TOPICS)
