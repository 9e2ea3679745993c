from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        # These import models, which are loaded only now.
        from wagtail.models import ReferenceIndex

        from notifications.topics import register_topics

        from . import page_context, receivers  # noqa: F401
        from .messages import TOPICS
        from .models import Material

        register_topics(TOPICS)
        # The file gate queries the reference index. Wagtail registers only pages and snippets on its own.
        ReferenceIndex.register_model(Material)
