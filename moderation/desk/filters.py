from django import forms
from django.utils.translation import gettext as _

from .queue import Filters


class FilterForm(forms.Form):
    """What the list can be narrowed to; only values that something has."""

    def __init__(self, filters: Filters, choices: dict[str, list[tuple[str, str]]]) -> None:
        super().__init__(auto_id="filter-%s")
        labels = {"kind": _("Kind"), "country": _("Country"), "language": _("Language"), "age": _("Waiting for")}
        for name, label in labels.items():
            offered = list(choices[name])
            chosen = getattr(filters, name)
            if chosen and chosen not in dict(offered):
                # The last one of them was just settled: the filter says so instead of disappearing.
                offered.append((chosen, chosen))
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", _("all")), *offered], initial=chosen, required=False
            )
