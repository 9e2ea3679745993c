"""Event times entered in the event's own time zone."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateTimeInput

from community.time_zones import time_zone_names

from ..fields import PeopleField, SchoolsField


class WallClockField(forms.DateTimeField):
    """A local date and time; the form that uses the field knows the zone."""

    def to_python(self, value: Any) -> datetime | None:
        # The moderator's zone is active. A time it skips in spring may be valid in another zone.
        with timezone.override(UTC):
            moment = super().to_python(value)
        return moment and moment.replace(tzinfo=None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), self.to_python(data))


def zone_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(time_zone_names())]


class EventPageForm(WagtailAdminPageForm):
    """Shows and accepts an event's times in the event's own zone, whatever the moderator's.

    The database stores UTC; this form converts in both directions.
    """

    TIMES = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "one_per_school_until")

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy("Enter all times for this event in this time zone."),
    )
    starts_at = WallClockField(label=gettext_lazy("Starts"), widget=AdminDateTimeInput)
    ends_at = WallClockField(label=gettext_lazy("Ends"), widget=AdminDateTimeInput)
    registration_opens_at = WallClockField(
        label=gettext_lazy("Registration opens"),
        widget=AdminDateTimeInput,
        required=False,
        help_text=gettext_lazy("Leave blank to open when the event is published."),
    )
    registration_closes_at = WallClockField(
        label=gettext_lazy("Registration closes"),
        widget=AdminDateTimeInput,
        required=False,
        help_text=gettext_lazy("Leave blank to close when the event starts."),
    )
    one_per_school_until = WallClockField(
        label=gettext_lazy("One place per school until"),
        widget=AdminDateTimeInput,
        required=False,
        help_text=gettext_lazy(
            "Until then, others from the same school join the waiting list. Leave blank for no limit."
        ),
    )
    invited_people = PeopleField(
        label=gettext_lazy("Invited people"),
        required=False,
        help_text=gettext_lazy("Email addresses of people with an account, one per line."),
    )
    invited_schools = SchoolsField(
        label=gettext_lazy("Invited schools"),
        required=False,
        help_text=gettext_lazy("School codes as in the award lists, one per line."),
    )
    organisers = PeopleField(
        label=gettext_lazy("Organisers"),
        required=False,
        help_text=gettext_lazy(
            "Email addresses of the members who’ll run this event from their own page on the site, one per line."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = ZoneInfo(self.instance.time_zone)
        for name in self.TIMES:
            moment = getattr(self.instance, name)
            if moment and name in self.fields:
                self.initial[name] = timezone.make_naive(moment, zone)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "time_zone" not in cleaned:
            return cleaned
        zone = ZoneInfo(cleaned["time_zone"])
        for name in self.TIMES:
            wall = cleaned.get(name)
            if not wall:
                continue
            moment = wall.replace(tzinfo=zone)
            if timezone.make_naive(moment.astimezone(UTC), zone) != wall:
                self.add_error(
                    name,
                    _("This time doesn’t exist in %(zone)s because the clocks go forward.")
                    % {"zone": cleaned["time_zone"]},
                )
            else:
                cleaned[name] = moment
        return cleaned
