"""The directory: filters out of the address, figures per country, and pages that cost the same however far one reads.

It holds the schools that have the label today, the same for everybody who looks.
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
from content.search import MAX_QUERY, matching
from content.taxonomy import Pillar

PAGE_SIZE = 24
MAX_CURSOR = School._meta.get_field("slug").max_length
# Where the list begins on the page: whoever clicks on the map wants to read there.
LIST = "#schools"


def awarded() -> LabelQuerySet:
    """Labels that have begun and stand: what the filter for editions asks for."""
    return Label.objects.filter(starts_on__lte=day(None)).exclude(revoked_on__lte=day(None))


class SchoolFilters(FilterForm):
    """What a reader asks the directory for; offers the countries and editions that its schools have. One query."""

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
        """The address of the directory with these filters, in one country, or in all when there is no code."""
        asked = {**self.chosen, "country": code}
        return "?" + urlencode({name: value for name, value in asked.items() if value}) + LIST

    def narrow(self, schools: SchoolQuerySet, *, everywhere: bool = False) -> SchoolQuerySet:
        """Only the schools that were asked for; those of every country when `everywhere`."""
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
    """How many schools of each country the filters leave, the filter for countries apart; one query.

    The list has exactly so many schools when it is narrowed to the country.
    """
    schools = filters.narrow(School.objects.labelled(), everywhere=True)
    return {str(code): n for code, n in schools.order_by().values_list("country").annotate(number=Count("pk"))}


@dataclass(frozen=True)
class Page:
    """Some schools by the alphabet, and the addresses of what is before and after them."""

    schools: list[School]
    before: str
    after: str
    # Whether a place in the list was asked for that has nothing.
    past_the_end: bool


def page_of(filters: SchoolFilters, query: QueryDict) -> Page:
    """The page that `?after=` or `?before=` (a school's slug) asks for, else the first; never counts."""
    # PostgreSQL refuses to compare with a zero byte.
    after, before = (query.get(name, "").replace("\x00", "")[:MAX_CURSOR] for name in ("after", "before"))
    schools = filters.narrow(School.objects.labelled()).only("name", "slug", "country", "city")
    if before and not after:
        found = list(schools.filter(slug__lt=before).order_by("-slug")[: PAGE_SIZE + 1])
        more_before, more_after = len(found) > PAGE_SIZE, True
        found = found[:PAGE_SIZE][::-1]
    else:
        if after:
            schools = schools.filter(slug__gt=after)
        found = list(schools.by_name()[: PAGE_SIZE + 1])
        more_before, more_after = bool(after), len(found) > PAGE_SIZE
        found = found[:PAGE_SIZE]

    def address(name: str, school: School) -> str:
        return "?" + urlencode({**filters.chosen, name: school.slug}) + LIST

    return Page(
        found,
        before=address("before", found[0]) if found and more_before else "",
        after=address("after", found[-1]) if found and more_after else "",
        past_the_end=bool(after or before) and not found,
    )
