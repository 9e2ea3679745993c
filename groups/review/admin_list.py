"""The list of practices in the Wagtail admin."""

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from ..finding.countries import countries_of_schools
from ..models import Practice
from ..models.querysets import PracticeQuerySet


class PracticeFilters(WagtailFilterSet):
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="school__country", choices=countries_of_schools
    )
    waiting = django_filters.BooleanFilter(label=_("Waits for review"), method="only_waiting")

    class Meta:
        model = Practice
        fields = ["country", "live", "language"]

    def only_waiting(self, queryset: PracticeQuerySet, name: str, value: bool) -> PracticeQuerySet:
        waiting = Practice.objects.in_review()
        return queryset.filter(pk__in=waiting) if value else queryset.exclude(pk__in=waiting)


class PracticeIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url, sort_key="title"),
            Column("country", label=_("Country"), accessor=lambda practice: practice.school.country.name),
            Column("school", label=_("School"), sort_key="school__name"),
            Column("author", label=_("Author")),
            Column("status", label=_("Status"), accessor="status_label"),
            DateColumn("updated", label=_("Changed"), accessor="latest_revision.created_at"),
        ]
