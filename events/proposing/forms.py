"""Form for proposing an event."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Proposal
from ..planning.forms import WallClockField, zone_choices

SHORTEST, LONGEST = 15, 8 * 60


class ProposalForm(forms.ModelForm):
    """An event as its proposer describes it; the start is local to the zone they choose."""

    starts_at = WallClockField(
        label=gettext_lazy("Starts"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes?"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy("The start time is in this time zone."),
    )

    class Meta:
        model = Proposal
        fields = ("school", "title", "summary", "text", "kind", "language", "pillars", "capacity")
        widgets = {"text": forms.Textarea(attrs={"rows": 8}), "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "summary": gettext_lazy("One or two sentences for the list of events."),
            "capacity": gettext_lazy("Leave blank for no limit."),
        }

    def __init__(self, *args: Any, schools: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools
        schools = list(schools)
        if len(schools) == 1:
            self.fields["school"].initial = schools[0].pk
            self.fields["school"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wall, zone = cleaned.get("starts_at"), cleaned.get("time_zone")
        if not wall or not zone:
            return cleaned
        moment = wall.replace(tzinfo=ZoneInfo(zone))
        if timezone.make_naive(moment.astimezone(UTC), ZoneInfo(zone)) != wall:
            self.add_error(
                "starts_at", _("This time doesn’t exist in %(zone)s because the clocks go forward.") % {"zone": zone}
            )
        elif moment <= timezone.now():
            self.add_error("starts_at", _("Choose a time in the future."))
        else:
            cleaned["starts_at"] = moment
        return cleaned

    def _post_clean(self) -> None:
        """Skip building the row: the verb does that, and this form has validated the fields."""

    @property
    def proposed(self) -> dict[str, Any]:
        """The arguments of `propose`."""
        proposed = dict(self.cleaned_data)
        starts_at: datetime = proposed["starts_at"]
        proposed["ends_at"] = starts_at + timedelta(minutes=proposed.pop("minutes"))
        return proposed
