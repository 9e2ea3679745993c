"""Filters of the list of events."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from content.filters import FilterForm
from content.taxonomy import Language, Pillar

from .models.kinds import Kind


class EventFilters(FilterForm):
    keep = ("when", "month")
    ONLY_PAST = ("recording",)

    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[("", _("All pillars")), *Pillar.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *Language.choices]
    )

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Kind.choices])
    recording = forms.BooleanField(label=_("With recording"), required=False)

    def __init__(self, query: QueryDict, *, sees_recordings: bool, **kwargs: Any) -> None:
        # `month` overrides `when=past`.
        self.shows_month = bool(query.get("month"))
        self.shows_past = query.get("when") == "past" and not self.shows_month
        self.offers_recordings = sees_recordings and self.shows_past
        super().__init__(query, **kwargs)

    def fill_choices(self) -> None:
        # Only past events have recordings, and visitors may not see them.
        if not self.offers_recordings:
            del self.fields["recording"]

    def offer_languages(self, codes: Iterable[str]) -> None:
        """Offer only the languages that have events, and the one selected."""
        offered = {*codes, self.cleaned_data["language"]} - {""}
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, Language(code).label) for code in sorted(offered)),
        ]
