import hashlib
from collections.abc import Iterable
from datetime import date

from anyascii import anyascii
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.models import ClusterableModel

# Import the module, not its names: community/access/ imports models of this package while this one is still loading.
from .. import access
from ..folding import fold
from .labels import Label, Standing, standing_of

SLUG_LENGTH = 220


class SchoolQuerySet(models.QuerySet):
    def with_standing(self, at: date | None = None) -> "SchoolQuerySet":
        """Annotate `standing` on the day."""
        return self.annotate(standing=standing_of("pk", at))

    def labelled(self, at: date | None = None) -> "SchoolQuerySet":
        """Return schools that hold the label on the day, as shown in the public directory."""
        return self.filter(pk__in=Label.objects.valid(at).values("school"))

    def visible_to(self, user) -> "SchoolQuerySet":
        """Return labelled schools and the person's own, plus those in grace for members; all schools for moderators.

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
        """Sort by slug, the transliterated name, so that Ç sorts with C on every database."""
        return self.order_by("slug")


class School(ClusterableModel):
    """A school, identified by the code from its support organisation."""

    code = models.CharField(
        _("code"), max_length=40, unique=True, help_text=_("Permanent code used in the award lists.")
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, unique=True, editable=False)
    country = CountryField(_("country"), db_index=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about the school"), blank=True, max_length=2000)
    # Folded name and city; searched with content.search.matching.
    search_text = models.CharField(max_length=400, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        complete([self])
        if update_fields is not None and {"name", "city"} & set(update_fields):
            update_fields = {*update_fields, "search_text"}
        super().save(update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("school", args=[self.slug])


def complete(schools: Iterable[School]) -> None:
    """Fill the derived fields before the schools are saved. One query at most."""
    for school in schools:
        # Name and city may be longer than the search column.
        school.search_text = fold(f"{school.name} {school.city}")[:400]
    _set_slugs(schools)


def _set_slugs(schools: Iterable[School]) -> None:
    """Set a unique slug on each school that has none, without saving. One query at most."""
    new = [(school, _slug(school.name, school.code)) for school in schools if not school.slug]
    if not new:
        return
    wanted = {slug for _school, slug in new}
    taken = set(School.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for school, slug in new:
        if slug in taken:
            # Codes that differ only in punctuation or case get a digest.
            digest = hashlib.sha256(school.code.encode()).hexdigest()[:12]
            slug = _slug(school.name, f"{school.code} {digest}")
        taken.add(slug)
        school.slug = slug


def _slug(name: str, code: str) -> str:
    """Build a slug from the code and the name, shortened to fit; names alone are often not unique."""
    # Keep the end: transliteration can turn one letter into several.
    ending = slugify(anyascii(code))[-SLUG_LENGTH:]
    beginning = slugify(anyascii(name))[: max(0, SLUG_LENGTH - len(ending) - 1)]
    return "-".join(filter(None, (beginning.strip("-"), ending.strip("-")))) or "school"
