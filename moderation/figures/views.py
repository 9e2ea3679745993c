"""Throughput and waiting times, as charts and tables."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_countries import countries

from community.access import moderates

from ..desk.views import for_moderators, header
from .figures import WEEKS, report_for


@for_moderators
def figures(request: HttpRequest) -> HttpResponse:
    """Show the last twelve weeks, optionally for one kind or one country."""
    own = [code for code, _name in countries if moderates(request.user, code)]
    country = request.GET.get("country", "")
    country = country if country in own else ""
    report = report_for(request.user, country=country)
    kind = request.GET.get("kind", "")
    kind = kind if kind in report.kinds else ""
    weeks = [(monday, report.of(kind=kind, week=monday)) for monday in report.mondays]
    context = {
        "kind": kind,
        "kind_label": report.kinds.get(kind, _("Everything")),
        "kinds": report.kinds,
        "country": country,
        "countries": sorted(((code, countries.name(code)) for code in own), key=lambda each: each[1]),
        "number_of_weeks": WEEKS,
        "weeks": weeks[::-1],
        "labels": [date_format(monday, "j M") for monday, _week in weeks],
        "series": [
            {"label": _("came in"), "values": [week.came for _monday, week in weeks]},
            {"label": _("dealt with"), "values": [week.settled for _monday, week in weeks]},
        ],
        "ages": [{"label": label, "value": number} for label, number in report.waiting_by_age(kind)],
        "rows": [(key, label, report.of(kind=key), report.number_waiting(key)) for key, label in report.kinds.items()],
        "total": (report.of(), report.number_waiting()),
        **header(_("Figures")),
    }
    return TemplateResponse(request, "moderation/figures.html", context)
