from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    STARTER = "starter", _("Starter")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")
