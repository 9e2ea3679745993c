"""Every component in each of its states, for visual checks. Available only with DEBUG."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.access import public
from content.filters import FilterForm
from content.taxonomy import EducationLevel, Pillar
from directory.map import draw_map


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("Up to 120 characters.")
    )
    email = forms.EmailField(label=gettext_lazy("Email address"), required=False)
    summary = forms.CharField(label=gettext_lazy("Summary"), widget=forms.Textarea, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[("primary", pgettext_lazy("education level", "Primary")), ("secondary", gettext_lazy("Secondary"))],
    )
    duration = forms.ChoiceField(
        label=gettext_lazy("Duration"),
        widget=forms.RadioSelect,
        choices=[("week", gettext_lazy("A week")), ("term", gettext_lazy("A term")), ("year", gettext_lazy("A year"))],
        help_text=gettext_lazy("From the first lesson to the last."),
    )
    subjects = forms.MultipleChoiceField(
        label=gettext_lazy("Subjects"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(str(number), name) for number, name in enumerate(("Art", "Biology", "Chemistry", "History"))],
    )
    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    picture = forms.FileField(label=gettext_lazy("Picture"), required=False)
    consent = forms.BooleanField(
        label=gettext_lazy("The picture shows pupils, and we hold their consent"),
        help_text=gettext_lazy("We can’t show the picture without it."),
    )


class ExampleFilters(FilterForm):
    first = ("q", "pillar", "level")
    keep = ("order",)

    q = forms.CharField(label=gettext_lazy("Keywords"), required=False, max_length=200)
    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar"), required=False, choices=[("", gettext_lazy("All pillars")), *Pillar.choices]
    )
    level = forms.MultipleChoiceField(
        label=gettext_lazy("Education level"),
        required=False,
        choices=EducationLevel.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    tried = forms.BooleanField(label=gettext_lazy("Tried by another school"), required=False)


class ExampleMessage(str):
    """The part of a message that the messages component uses."""

    level_tag = "success"


def icon_names() -> list[str]:
    """Return the icon names in the sprite."""
    sprite = Path(settings.BASE_DIR, "static/icons/icons.svg").read_text()
    return re.findall(r'<symbol id="([^"]+)"', sprite)


def chart_examples() -> dict:
    months = [date_format(date(2026, month, 1), "M") for month in range(1, 10)]
    pillars = [pillar.label for pillar in Pillar]
    return {
        "bar_rows": [
            {"label": pillar.label, "value": value, "tone": pillar.value, "url": "#"}
            for pillar, value in zip(Pillar, (412, 1208, 97, 0, 640), strict=True)
        ],
        "months": months,
        "one_line": [{"label": _("Registrations"), "values": [14, 32, 61, 58, 40, 12, 3, 5, 47]}],
        "three_lines": [
            {"label": _("Read"), "values": [40, 62, 71, 90, 88, 60, 21, 35, 97]},
            {"label": _("Saved"), "values": [4, 12, 17, 20, 26, 12, 3, 9, 27]},
            {"label": _("Tried"), "values": [0, 1, 4, 6, 6, 2, 0, 1, 7]},
        ],
        "pillar_labels": pillars,
        "two_shapes": [
            {"label": "2025", "values": [2, 3, 1, 2, 1]},
            {"label": "2026", "values": [3, 3, 4, 2.5, 2]},
        ],
        "example_map": draw_map(
            {"TR": 140, "IT": 96, "PL": 61, "DE": 24, "PT": 33, "FI": 9, "XK": 2, "MT": 4, "LU": 1, "JO": 5},
            chosen="PT",
            href=lambda code: f"#{code}",
        ),
    }


@public
def gallery(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    return render(
        request,
        "gallery.html",
        {
            "crumbs": [(_("Home"), "/"), (_("Gallery"), None)],
            "seeds": range(14),
            "moment": datetime(2026, 12, 1, 15, 0, tzinfo=UTC),
            "day": date(2026, 12, 31),
            "facts": [(_("Level"), "ISCED 1–2"), (_("Languages"), "English, Türkçe"), (_("Licence"), "CC BY 4.0")],
            "example_messages": [ExampleMessage(_("Draft saved."))],
            "steps": [
                {"title": _("Draft"), "when": "3.11.2026", "state": "done"},
                {"title": _("Signed off by the school lead"), "when": "5.11.2026", "state": "done"},
                {"title": _("In review"), "text": _("Two reviewers are reading it."), "state": "current"},
                {"title": _("Published"), "state": "todo"},
            ],
            "card_facts": [("users", "11–14"), ("clock", _("Several weeks")), ("check-circle", _("Survey"))],
            "card_pillars": [(pillar.value, pillar.label) for pillar in list(Pillar)[1:3]],
            "tabs": [
                {"label": _("Upcoming"), "href": "#", "current": True, "count": 12},
                {"label": _("Past"), "href": "#"},
                {"label": _("Recordings"), "href": "#", "count": 0},
            ],
            "filter_form": ExampleFilters(QueryDict("q=iklim&pillar=agency&level=isced1&level=isced2&level=isced9")),
            "empty_filter_form": ExampleFilters(QueryDict()),
            **chart_examples(),
            "page_obj": Paginator(range(90), 20).page(2),
            "form": ExampleForm(prefix="empty"),
            "bound_form": ExampleForm({"wrong-email": "nobody"}, prefix="wrong"),
            "example_logo": {"url": static("icons/favicon.svg"), "width": 64, "height": 64},
            "icons": icon_names(),
        },
    )
