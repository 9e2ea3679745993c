"""Pages of adoption reports, adaptations and impact."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django_countries import countries

from community.access import access_of, members_only, moderates, object_decides, signed_in
from community.models import School
from content.filters import number_of

from ..errors import PracticesError, RefusedError
from ..models import Adoption, Practice
from ..models.querysets import PracticeQuerySet
from .adapting import adapt, refusal_to_adapt
from .adopting import (
    refusal_to_report,
    schools_that_may_report,
    withdraw_adoption,
)
from .family import family_of
from .forms import ReportForms
from .impact import impact_of, may_see_impact, overview, totals_of
from .read_counts import count_reader
from .reporting import report_from


def _readable(user) -> PracticeQuerySet:
    return Practice.objects.visible_to(user).published().select_related("school", "author").with_co_authors()


def _published(request: HttpRequest, pk: int) -> Practice:
    return get_object_or_404(_readable(request.user), pk=pk)


def _crumbs(practice: Practice, here: str) -> list[tuple[str, str]]:
    return [
        (_("Good practices"), reverse("practice_list")),
        (str(practice), practice.get_absolute_url()),
        (here, ""),
    ]


@members_only
def adoption_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List a practice's adoption reports; moderators also see hidden ones from their countries."""
    practice = _published(request, pk)
    shown = School.objects.visible_to(request.user).filter(pk=OuterRef("school"))
    reports = (
        Adoption.objects.open_to(request.user)
        .filter(practice=practice)
        .for_reading()
        .annotate(school_link=Exists(shown))
        .prefetch_related("pictures__image__renditions")
    )
    own = set(access_of(request.user).contributing_school_ids)
    rows = [
        {
            "report": report,
            "is_own": report.school_id in own,
            "moderates": moderates(request.user, report.school.country.code),
        }
        for report in reports
    ]
    return render(
        request,
        "practices/reuse/adoptions.html",
        {
            "practice": practice,
            "rows": rows,
            "refusal": refusal_to_report(practice, request.user),
            "crumbs": _crumbs(practice, _("Schools that have tried it")),
        },
    )


@members_only
def adoption_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write or edit one's own school's adoption report."""
    practice = _published(request, pk)
    if reason := refusal_to_report(practice, request.user):
        raise PermissionDenied(reason)
    own = schools_that_may_report(practice, request.user)
    wanted = number_of(request.POST.get("school"))
    reports = {report.school_id: report for report in Adoption.objects.filter(practice=practice, school__in=own)}
    report = reports.get(own[0] if wanted is None else wanted)
    if request.method == "POST":
        forms = ReportForms(practice, request.user, report, request.POST, request.FILES)
        try:
            reported = report_from(forms=forms, practice=practice, by=request.user)
        except PracticesError as refused:
            reported = None
            forms.say(str(refused))
        if reported:
            messages.success(request, _("Thank you. Your report is published, and we’ve told the authors."))
            return redirect("adoption_list", practice.pk)
        return _report_page(request, practice, forms, report, status=422)
    return _report_page(request, practice, ReportForms(practice, request.user, report), report)


def _report_page(request, practice, forms, report, status=200) -> HttpResponse:
    context = {
        "practice": practice,
        "forms": forms,
        "report": report,
        "crumbs": _crumbs(practice, _("Our school tried this")),
    }
    return render(request, "practices/reuse/report.html", context, status=status)


@members_only
@require_POST
def adoption_withdraw(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """Withdraw one's own school's report."""
    found = get_object_or_404(_published(request, pk).adoptions, pk=report)
    withdraw_adoption(report=found, by=request.user)
    messages.success(request, _("Your school’s report has been withdrawn. You can write another at any time."))
    return redirect("adoption_list", pk)


@members_only
def practice_adapt(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain adapting, then create the draft."""
    practice = _readable(request.user).filter(pk=pk).first()
    if practice is None and request.method == "POST":
        # Explains it to people who had the page open. Unknown keys get the same answer.
        messages.error(request, _("This practice is no longer on the site, so you can’t adapt it."))
        return redirect("practice_list")
    if practice is None:
        raise Http404
    if reason := refusal_to_adapt(practice, request.user):
        raise PermissionDenied(reason)
    if request.method == "POST":
        school = number_of(request.POST.get("school"))
        try:
            draft = adapt(practice=practice, by=request.user, school_id=school)
        except RefusedError:
            raise
        except PracticesError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Your draft is ready and credits the original. Now make it your own."))
            return redirect("practice_edit", draft.pk)
    return render(
        request,
        "practices/reuse/adapt.html",
        {
            "practice": practice,
            "schools": access_of(request.user).contributing,
            "crumbs": _crumbs(practice, _("Adapt this")),
        },
    )


@object_decides
def practice_family(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the family tree of a practice, as visible to the reader."""
    practice = _published(request, pk)
    trees = family_of(practice, request.user)
    members = [member for tree in trees for member in tree]
    context = {
        "practice": practice,
        "trees": trees,
        "number": len(members),
        "schools": len({member.practice.school_id for member in members}),
        "countries": len({member.practice.school.country.code for member in members}),
        "crumbs": _crumbs(practice, _("Family tree")),
    }
    return render(request, "practices/reuse/family.html", context)


# Exempt because forging a reader count gains nothing and visitors have no session to hold a token.
@csrf_exempt
@object_decides
@require_POST
def practice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Count a reader. The page sends this once it has been visible for a while."""
    count_reader(_published(request, pk), request)
    return HttpResponse(status=204)


@signed_in
def practice_impact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a practice's impact to its authors and its school's leads."""
    practices = Practice.objects.published().select_related("school", "author").with_co_authors()
    practice = get_object_or_404(practices, pk=pk)
    if not may_see_impact(practice, request.user):
        raise Http404
    impact = impact_of(practice, request.user)
    context = {
        "practice": practice,
        "impact": impact,
        "countries": [countries.name(code) for code in impact.countries],
        "crumbs": [
            (_("Our impact"), reverse("impact_overview")),
            (str(practice), ""),
        ],
    }
    return render(request, "practices/reuse/impact.html", context)


@signed_in
def impact_overview(request: HttpRequest) -> HttpResponse:
    """Show the impact of the person's practices and, for leads, their school's."""
    practices = list(overview(request.user)[:200])
    return render(request, "practices/reuse/overview.html", {"practices": practices, "totals": totals_of(practices)})
