from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("School directory")

    def ready(self) -> None:
        # These import models, which are loaded only now.
        from wagtail.models import ReferenceIndex

        from .models import ProfileItem

        # The file gate queries the reference index. Wagtail registers only pages and snippets on its own.
        ReferenceIndex.register_model(ProfileItem)
