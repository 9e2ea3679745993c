"""Filters of the catalogue of learning resources."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from content.filters import FilterForm
from content.taxonomy import Language, Pillar

from .taxonomy import Level


class ResourceFilters(FilterForm):
    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[("", _("All pillars")), *Pillar.choices])
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("All levels")), *Level.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *Language.choices]
    )

    def offer_languages(self, codes: Iterable[str]) -> None:
        """Offer only the languages that have resources, and the one selected."""
        offered = {*codes, self.cleaned_data["language"]} - {""}
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, Language(code).label) for code in sorted(offered)),
        ]
