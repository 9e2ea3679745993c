"""Choices named by both the models and the access policy.

They are outside the models because those import the policy.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """A school's standing on a day, computed from the dates of its labels."""

    LABELLED = "labelled", _("holds the label")
    GRACE = "grace", _("in the grace period")
    LAPSED = "lapsed", _("label has expired")
    REVOKED = "revoked", _("label was withdrawn")


class Role(TextChoices):
    LEAD = "lead", _("school lead")
    TEACHER = "teacher", _("teacher")


class OrganisationKind(TextChoices):
    CENTRAL = "central", _("central")
    NATIONAL = "national", _("national")
