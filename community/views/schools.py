from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_countries import countries

from ..access import leads, may_see_colleagues, object_decides, public, signed_in
from ..forms import SchoolForm
from ..models import Label, LabelState, School, Standing
from ..sections import school_sections

PAGE_SIZE = 24


@public
def school_list(request: HttpRequest) -> HttpResponse:
    """The directory of the schools that hold the label today; `?country=` narrows it."""
    labelled = School.objects.labelled()
    codes = sorted(set(labelled.order_by().values_list("country", flat=True).distinct()))
    country = request.GET.get("country", "")
    if country and country not in codes:
        raise Http404
    schools = labelled.by_name().only("name", "slug", "country", "city")
    if country:
        schools = schools.filter(country=country)
    page = Paginator(schools, PAGE_SIZE).get_page(request.GET.get("page"))
    choices = sorted(((code, countries.name(code)) for code in codes), key=lambda choice: choice[1])
    return render(
        request,
        "community/school_list.html",
        {
            "page": page,
            "country": country,
            "countries": choices,
            "querystring": urlencode({"country": country}) if country else "",
        },
    )


@object_decides
def school_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What the school tells of itself, its label periods, and what other rooms have of it."""
    school = visible_school(request, slug)
    labels = list(school.labels.all())
    sections = [html for section in school_sections if (html := section(request, school))]
    return render(
        request,
        "community/school.html",
        {
            "school": school,
            "holds_label": school.standing == Standing.LABELLED,
            "standing_label": Standing(school.standing).label,
            "crumbs": crumbs_to(school),
            "label_periods": [_period(label) for label in labels],
            "sections": sections,
            "website_name": urlsplit(school.website).netloc,
            "may_edit": leads(request.user, school),
            "may_see_colleagues": may_see_colleagues(request.user, school),
        },
    )


def visible_school(request: HttpRequest, slug: str) -> School:
    """The school, when the person sees it; else 404."""
    return get_object_or_404(School.objects.visible_to(request.user), slug=slug)


def crumbs_to(school: School, page: str = "") -> list[tuple[str, str | None]]:
    """The way to the school's page, or to a page below it."""
    crumbs = [(_("Schools"), reverse("school_list")), (school.name, school.get_absolute_url() if page else None)]
    return [*crumbs, (page, None)] if page else crumbs


# How the timeline draws a label.
DRAWN_AS = {
    LabelState.TO_COME: "todo",
    LabelState.RUNNING: "current",
    LabelState.ENDED: "done",
    LabelState.WITHDRAWN: "bad",
}


def _period(label: Label) -> dict[str, str]:
    state, text = label.state_on(), ""
    if state == LabelState.WITHDRAWN:
        text = _("Withdrawn on %(date)s") % {"date": date_format(label.revoked_on)}
    return {
        "title": label.edition,
        "when": f"{date_format(label.starts_on)} – {date_format(label.ends_on)}",
        "state": DRAWN_AS[state],
        "text": text,
    }


@signed_in
def edit_school(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a lead tell of the school."""
    school = visible_school(request, slug)
    if not leads(request.user, school):
        raise PermissionDenied(_("Only a lead of %(school)s can change this page.") % {"school": school.name})
    form = SchoolForm(request.POST or None, instance=school)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The page of your school is saved."))
        return redirect(school)
    context = {"school": school, "form": form, "crumbs": crumbs_to(school, _("Edit"))}
    return render(request, "community/edit_school.html", context)
