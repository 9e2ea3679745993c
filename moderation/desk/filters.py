from django import forms
from django.utils.translation import gettext as _

from .queue import Filters


class FilterForm(forms.Form):
    """Filters of the queue; offers only values that occur in it."""

    def __init__(self, filters: Filters, choices: dict[str, list[tuple[str, str]]]) -> None:
        super().__init__(auto_id="filter-%s")
        labels = {"kind": _("Kind"), "country": _("Country"), "language": _("Language"), "age": _("Waiting time")}
        for name, label in labels.items():
            offered = list(choices[name])
            chosen = getattr(filters, name)
            if chosen and chosen not in dict(offered):
                # Nothing with this value is left in the queue. Keep the filter visible so the empty list makes sense.
                offered.append((chosen, chosen))
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", _("all")), *offered], initial=chosen, required=False
            )
