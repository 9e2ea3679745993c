"""What a reader asks the catalogue for."""

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
        """Offer only the languages that there are resources in, and the one in force."""
        offered = {*codes, self.cleaned_data["language"]} - {""}
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, Language(code).label) for code in sorted(offered)),
        ]
