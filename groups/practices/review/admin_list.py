"""The list of practices in the Wagtail admin."""

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from community.countries import countries_of_schools

from ..models import Practice
from ..models.querysets import PracticeQuerySet


class PracticeFilters(WagtailFilterSet):
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="school__country", choices=countries_of_schools
    )
    waiting = django_filters.BooleanFilter(label=_("Waiting for me"), method="only_waiting")

    stale = django_filters.BooleanFilter(label=_("Not confirmed for two years"), method="only_stale")

    class Meta:
        model = Practice
        fields = ["country", "live", "language"]

    def only_waiting(self, queryset: PracticeQuerySet, name: str, value: bool) -> PracticeQuerySet:
        waiting = Practice.objects.in_queue_of(self.request.user).values("pk")
        return queryset.filter(pk__in=waiting) if value else queryset.exclude(pk__in=waiting)

    def only_stale(self, queryset: PracticeQuerySet, name: str, value: bool) -> PracticeQuerySet:
        stale = Practice.objects.stale().values("pk")
        return queryset.filter(pk__in=stale) if value else queryset.exclude(pk__in=stale)


class PracticeIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Title"), get_url=self.get_edit_url, sort_key="title"),
            Column("country", label=_("Country"), accessor=lambda practice: practice.school.country.name),
            Column("school", label=_("School"), sort_key="school__name"),
            Column("author", label=_("Author")),
            Column("status", label=_("Status"), accessor="status_label"),
            DateColumn("review_by", label=_("Confirm by"), sort_key="review_by"),
            DateColumn("updated", label=_("Last changed"), accessor="latest_revision.created_at"),
        ]
