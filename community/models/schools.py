from datetime import date

from anyascii import anyascii
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.models import ClusterableModel

# The module, not its names: access.py imports the models beside this one while this one is being imported.
from .. import access
from .labels import Label, Standing, standing_of


class SchoolQuerySet(models.QuerySet):
    def with_standing(self, at: date | None = None) -> "SchoolQuerySet":
        """Annotate `standing` on the day."""
        return self.annotate(standing=standing_of("pk", at))

    def labelled(self, at: date | None = None) -> "SchoolQuerySet":
        """Schools that hold the label on the day: what the public directory shows."""
        return self.filter(pk__in=Label.objects.valid(at).values("school"))

    def visible_to(self, user) -> "SchoolQuerySet":
        """Everyone sees labelled schools, members those in grace too, people their own, moderators all.

        Annotates `standing`.
        """
        facts = access.access_of(user)
        schools = self.with_standing()
        if facts.is_moderator:
            return schools
        own = [belonging.school_id for belonging in facts.belongings]
        seen = access.READS if facts.is_member else {Standing.LABELLED}
        return schools.filter(Q(standing__in=seen) | Q(pk__in=own))

    def by_name(self) -> "SchoolQuerySet":
        """By the alphabet: the slug is the name in plain letters, so that Ç stands by C on every database."""
        return self.order_by("slug")


class School(ClusterableModel):
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
        self.set_slug()
        super().save(**kwargs)

    def set_slug(self) -> None:
        """Give a new school its address; not saved, for bulk_create. One that it has stays."""
        if not self.slug:
            # The code makes it unique: two schools of one name are common.
            self.slug = slugify(anyascii(f"{self.name} {self.code}"))[:220]

    def get_absolute_url(self) -> str:
        return reverse("school", args=[self.slug])

    def standing_on(self, at: date | None = None) -> Standing:
        """The school's standing on the day; one query."""
        return Standing(School.objects.with_standing(at).values_list("standing", flat=True).get(pk=self.pk))
