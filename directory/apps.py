from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory of schools")

    def ready(self) -> None:
        # Models exist only now.
        from wagtail.models import ReferenceIndex

        from content.gate import shown_in_review
        from notifications.topics import register_topics

        from .messages import TOPICS
        from .models import ProfileItem

        # The gate for files asks the index; Wagtail fills it by itself for pages and snippets alone.
        ReferenceIndex.register_model(ProfileItem)
        register_topics(TOPICS)
        shown_in_review(ProfileItem.objects.shows_in_review)
