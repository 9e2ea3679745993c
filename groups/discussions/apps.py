from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "groups.discussions"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        # Imported here because models are loaded only now.
        from .models import Topic
        from .receivers import on_place_deleted

        post_delete.connect(on_place_deleted, sender=Topic, dispatch_uid="discussions.topic_deleted")
