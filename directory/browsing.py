"""The directory: filters from the query string, counts per country and keyset pagination.

It lists the schools that hold the label today, the same for every visitor.
"""

from dataclasses import dataclass

from django import forms
from django.db.models import Count
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from community.models import Label, School
from community.models.labels import LabelQuerySet, day
from community.models.schools import SchoolQuerySet
from content.collation import sort_key
from content.filters import FilterForm
from content.keyset import Keyset, Texts
from content.search import MAX_QUERY, matching
from content.taxonomy import Pillar

PAGE_SIZE = 24
BY_NAME = Keyset("slug", Texts(School._meta.get_field("slug").max_length), descending=False, unique=True)
# Fragment of the list, so that a click on the map scrolls to it.
LIST = "#schools"


def awarded() -> LabelQuerySet:
    """Return labels that have begun and are not withdrawn, for the edition filter."""
    return Label.objects.filter(starts_on__lte=day(None)).exclude(revoked_on__lte=day(None))


class SchoolFilters(FilterForm):
    """Filters of the directory. Offers the countries and editions that occur in it; one query."""

    q = forms.CharField(label=_("School or town"), required=False, max_length=MAX_QUERY, widget=forms.SearchInput)
    country = forms.ChoiceField(label=_("Country"), required=False)
    edition = forms.ChoiceField(label=_("Label edition"), required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[("", _("All pillars")), *Pillar.choices])

    def fill_choices(self) -> None:
        labels = awarded().filter(school__in=School.objects.labelled().values("pk"))
        pairs = set(labels.order_by().values_list("school__country", "edition").distinct())
        named = [(str(code), countries.name(code)) for code in {code for code, _edition in pairs}]
        editions = sorted({edition for _code, edition in pairs}, reverse=True)
        self.fields["country"].choices = [
            ("", _("All countries")),
            *sorted(named, key=lambda pair: sort_key(pair[1])),
        ]
        self.fields["edition"].choices = [("", _("All editions")), *((edition, edition) for edition in editions)]

    def with_country(self, code: str) -> str:
        """Return the directory's URL with these filters and this country ('' for all countries)."""
        asked = {**self.chosen, "country": code}
        return "?" + urlencode({name: value for name, value in asked.items() if value}) + LIST

    def narrow(self, schools: SchoolQuerySet, *, everywhere: bool = False) -> SchoolQuerySet:
        """Apply the filters; `everywhere` ignores the country filter."""
        asked = self.chosen
        if "q" in asked:
            schools = matching(schools, asked["q"])
        if "country" in asked and not everywhere:
            schools = schools.filter(country=asked["country"])
        if "edition" in asked:
            schools = schools.filter(pk__in=awarded().filter(edition=asked["edition"]).values("school"))
        if "pillar" in asked:
            schools = schools.filter(profile__pillars__includes=asked["pillar"])
        return schools


def count_by_country(filters: SchoolFilters) -> dict[str, int]:
    """Count the schools per country, ignoring the country filter; one query.

    Each count equals the length of the list when narrowed to that country.
    """
    schools = filters.narrow(School.objects.labelled(), everywhere=True)
    return {str(code): n for code, n in schools.order_by().values_list("country").annotate(number=Count("pk"))}


@dataclass(frozen=True)
class Page:
    """A page of schools in alphabetical order, with the URLs of the previous and next pages."""

    schools: list[School]
    before: str
    after: str
    # True if a cursor was given and no school lies beyond it.
    past_the_end: bool


def school_list_page(filters: SchoolFilters, query: QueryDict) -> Page:
    """Return the page after or before the slug in `?after=` or `?before=`, else the first. Never counts rows."""
    start = BY_NAME.start(query)
    schools = filters.narrow(School.objects.labelled()).only("name", "slug", "country", "city")
    page = BY_NAME.page(schools, start, PAGE_SIZE)
    before, after = (page.link(name, urlencode(filters.chosen)) for name in ("before", "after"))
    return Page(
        page.rows,
        before=before and before + LIST,
        after=after and after + LIST,
        past_the_end=start.position is not None and not page.rows,
    )
