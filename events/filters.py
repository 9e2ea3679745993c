"""What a reader asks the list of events for."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from content.filters import FilterForm
from content.taxonomy import Language, Pillar


class EventFilters(FilterForm):
    keep = ("when",)

    pillar = forms.ChoiceField(label=_("Pillar"), required=False, choices=[("", _("All pillars")), *Pillar.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *Language.choices]
    )

    def offer_languages(self, codes: Iterable[str]) -> None:
        """Offer only the languages that there are events in, and the one in force."""
        offered = {*codes, self.cleaned_data["language"]} - {""}
        self.fields["language"].choices = [
            ("", _("All languages")),
            *((code, Language(code).label) for code in sorted(offered)),
        ]
