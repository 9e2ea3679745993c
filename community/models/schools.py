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

# The module, not its names: access.py imports the models beside this one while this one is being imported.
from .. import access
from ..folding import fold
from .labels import Label, Standing, standing_of

SLUG_LENGTH = 220


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
    slug = models.SlugField(_("address"), max_length=SLUG_LENGTH, unique=True, editable=False)
    country = CountryField(_("country"), db_index=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about the school"), blank=True, max_length=2000)
    # Name and city as search compares them. Lists look through it with content.search.matching.
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
    """Fill in what follows from other fields, before the schools are saved together; at most one query."""
    for school in schools:
        # The name and the city of an award list may be longer than a search needs to look at.
        school.search_text = fold(f"{school.name} {school.city}")[:400]
    _set_slugs(schools)


def _set_slugs(schools: Iterable[School]) -> None:
    """Give each of the schools that has no address yet one that no school has; not saved. At most one query."""
    new = [(school, _slug(school.name, school.code)) for school in schools if not school.slug]
    if not new:
        return
    wanted = {slug for _school, slug in new}
    taken = set(School.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for school, slug in new:
        if slug in taken:
            # Codes that differ in punctuation or capital letters alone: a digest tells them apart.
            digest = hashlib.sha256(school.code.encode()).hexdigest()[:12]
            slug = _slug(school.name, f"{school.code} {digest}")
        taken.add(slug)
        school.slug = slug


def _slug(name: str, code: str) -> str:
    """The name, shortened where there is no room, and the code: two schools of one name are common."""
    # From the end: plain letters for one of another script can be several.
    ending = slugify(anyascii(code))[-SLUG_LENGTH:]
    beginning = slugify(anyascii(name))[: max(0, SLUG_LENGTH - len(ending) - 1)]
    return "-".join(filter(None, (beginning.strip("-"), ending.strip("-")))) or "school"
