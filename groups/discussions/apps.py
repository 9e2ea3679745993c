from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "groups.discussions"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        # Topics name a choice that a model defines, and models exist only now.
        from notifications.topics import register_topics

        from .messages import TOPICS

        register_topics(TOPICS)
