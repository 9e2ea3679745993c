from datetime import date

from anyascii import anyascii
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from .labels import Label, Standing, standing_of


class SchoolQuerySet(models.QuerySet):
    def with_standing(self, at: date | None = None) -> "SchoolQuerySet":
        """Annotate `standing` on the day."""
        return self.annotate(standing=standing_of("pk", at))

    def labelled(self, at: date | None = None) -> "SchoolQuerySet":
        """Schools that hold the label on the day: what the public directory shows."""
        return self.filter(pk__in=Label.objects.valid(at).values("school"))


class School(models.Model):
    """A school, known by the code its support organisation gave it."""

    code = models.CharField(_("code"), max_length=40, unique=True, help_text=_("Stable code in the award lists."))
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=220, unique=True, editable=False)
    country = CountryField(_("country"), db_index=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about the school"), blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs) -> None:
        if not self.slug:
            # The code makes it unique: two schools of one name are common.
            self.slug = slugify(anyascii(f"{self.name} {self.code}"))[:220]
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("school", args=[self.slug])

    def standing_on(self, at: date | None = None) -> Standing:
        """The school's standing on the day; one query."""
        return Standing(School.objects.with_standing(at).values_list("standing", flat=True).get(pk=self.pk))
