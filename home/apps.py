from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        # Models exist only now.
        from wagtail.signals import page_published, page_slug_changed, page_unpublished

        from notifications.topics import register_topics

        from .messages import TOPICS
        from .models import StandardPage
        from .navigation import forget_pages

        register_topics(TOPICS)
        for signal in (page_published, page_unpublished, page_slug_changed, post_delete):
            signal.connect(forget_pages, sender=StandardPage)
