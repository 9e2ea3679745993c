from django.utils.translation import gettext_lazy as _
from wagtail.models import Task


class ModerationTask(Task):
    """The review of a good practice by a moderator of the school's country."""

    class Meta:
        verbose_name = _("moderation of good practices")
        verbose_name_plural = _("moderations of good practices")
