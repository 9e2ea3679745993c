from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        # These import models, which are loaded only now.
        from wagtail.models import ReferenceIndex

        from . import receivers  # noqa: F401
        from .models import Material

        # The file gate queries the reference index. Wagtail registers only pages and snippets on its own.
        ReferenceIndex.register_model(Material)
