from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderators’ desk")

    def ready(self) -> None:
        # Topics refer to choices defined on a model, and models are loaded only now.
        from notifications.topics import register_topics

        from .messages import TOPICS

        register_topics(TOPICS)
