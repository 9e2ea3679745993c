from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        # Imported here because models are loaded only now.
        from wagtail.signals import page_published, page_slug_changed, page_unpublished

        from .bridges.practice_discussion import on_practice_deleted
        from .frame.navigation import forget_pages
        from .models import StandardPage

        post_delete.connect(on_practice_deleted, sender="practices.Practice", dispatch_uid="home.practice_deleted")
        for signal in (page_published, page_unpublished, page_slug_changed, post_delete):
            signal.connect(forget_pages, sender=StandardPage)
