from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        # Topics use choices defined on a model, and models are only loaded now.
        from notifications.topics import register_topics

        from .messages import TOPICS

        register_topics(TOPICS)
