from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        # Models exist only now.
        from notifications.topics import register_topics

        from . import receivers  # noqa: F401
        from .messages import TOPICS

        register_topics(TOPICS)
