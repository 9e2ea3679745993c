from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    WEBINAR = "webinar", _("Webinar")
    WORKSHOP = "workshop", _("Workshop")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Online school visit")


class Admits(models.TextChoices):
    """The people an event admits, among those who can see it."""

    LABELLED = "labelled", _("Teachers at schools with the label")
    GRACE = "grace", _("Also teachers at schools whose label has recently expired")
    INVITED = "invited", _("Only the people and schools named below")
