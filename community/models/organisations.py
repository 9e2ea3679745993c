from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ..choices import OrganisationKind


class SupportOrganisation(models.Model):
    """The central or a national support organisation. Its moderators look after the schools of its countries."""

    Kind = OrganisationKind

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NATIONAL)
    countries = CountryField(
        _("countries"),
        multiple=True,
        blank=True,
        help_text=_("Not needed for the central organisation, which covers all countries."),
    )
    moderators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="moderated_organisations", blank=True, verbose_name=_("moderators")
    )

    class Meta:
        verbose_name = _("support organisation")
        verbose_name_plural = _("support organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
