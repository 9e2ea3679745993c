"""Every component with its states, to look at and to check; only while developing."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from community.access import public


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("At most 120 characters.")
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
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
        help_text=gettext_lazy("Without it the picture is not shown."),
    )


class ExampleMessage(str):
    """What the messages component reads of a message."""

    level_tag = "success"


def icon_names() -> list[str]:
    """The names in the sprite."""
    sprite = Path(settings.BASE_DIR, "static/icons/icons.svg").read_text()
    return re.findall(r'<symbol id="([^"]+)"', sprite)


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
            "example_messages": [ExampleMessage(_("Your draft is saved."))],
            "steps": [
                {"title": _("Draft"), "when": "3.11.2026", "state": "done"},
                {"title": _("Signed off by the school lead"), "when": "5.11.2026", "state": "done"},
                {"title": _("In review"), "text": _("Two reviewers read it."), "state": "current"},
                {"title": _("Published"), "state": "todo"},
            ],
            "page_obj": Paginator(range(90), 20).page(2),
            "form": ExampleForm(prefix="empty"),
            "bound_form": ExampleForm({"wrong-email": "nobody"}, prefix="wrong"),
            "icons": icon_names(),
        },
    )
