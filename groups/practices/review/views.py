"""Pages for leads to sign off practices and for authors to follow them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import access_of, is_moderator, leads, signed_in
from community.models import School

from ..errors import PracticesError
from ..models import Practice, SignOffWish
from .appeals import NOTHING_TO_APPEAL, appeal, round_to_appeal
from .forms import AppealForm, SignOffForm
from .progress import progress_of
from .renewal import still_true
from .sign_off import choose_sign_off, hand_back, sign_off
from .timeline import decision_and_reviews, timeline_of


@signed_in
def sign_off_list(request: HttpRequest) -> HttpResponse:
    """List the practices to sign off, and the sign-off setting of each school the person leads."""
    led = access_of(request.user).led_school_ids
    if not led:
        raise PermissionDenied(_("Leads at labelled schools can sign off practices here."))
    wished = set(SignOffWish.objects.filter(school__in=led, wanted=True).values_list("school", flat=True))
    schools = [{"school": school, "wanted": school.pk in wished} for school in School.objects.filter(pk__in=led)]
    waiting = Practice.objects.to_sign_off_by(request.user).with_submission().select_related("school", "author")
    return render(
        request,
        "practices/review/sign_off_list.html",
        {"schools": schools, "practices": waiting.order_by("submitted_at", "pk")},
    )


@signed_in
@require_POST
def sign_off_choice(request: HttpRequest, slug: str) -> HttpResponse:
    """Turn a school's sign-off on or off."""
    school = get_object_or_404(School.objects.visible_to(request.user), slug=slug)
    if not leads(request.user, school):
        raise PermissionDenied(_("Only leads at %(school)s can choose this.") % {"school": school.name})
    wanted = request.POST.get("wanted") == "yes"
    choose_sign_off(school=school, wanted=wanted, by=request.user)
    messages.success(
        request,
        _("From now on, a school lead signs off practices first.")
        if wanted
        else _("From now on, practices go straight to the reviewers. We’ve sent on those that were waiting."),
    )
    return redirect("sign_off_list")


@signed_in
def practice_sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a colleague's submission as readers will see it, to sign off or hand back."""
    row = get_object_or_404(Practice.objects.to_sign_off_by(request.user).select_related("school", "author"), pk=pk)
    form = SignOffForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        back = request.POST.get("do") == "hand_back"
        words = form.cleaned_data["words"]
        try:
            if back:
                hand_back(practice=row, by=request.user, reason=words)
            else:
                sign_off(practice=row, by=request.user, words=words)
        except PracticesError as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(
                request,
                _("Sent back. We’ve told the author what to change.")
                if back
                else _("Signed off and sent to the reviewers. We’ve told the author."),
            )
            return redirect("sign_off_list")
    if form.errors:
        status = 422
    context = {"practice": row.get_latest_revision_as_object(), "form": form, "sign_off": True}
    return render(request, "practices/review/sign_off.html", context, status=status)


@signed_in
def practice_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a practice's status, its reason and timeline to its authors and to moderators who may open it."""
    return _history(request, _followed(request, pk))


def _followed(request: HttpRequest, pk: int) -> Practice:
    practices = Practice.objects.written_by(request.user)
    if is_moderator(request.user):
        practices = practices | Practice.objects.moderated_by(request.user)
    return get_object_or_404(practices.with_review().select_related("school", "author"), pk=pk)


def _history(request: HttpRequest, practice: Practice, form: AppealForm | None = None) -> HttpResponse:
    own = practice.written_for(request.user) is not None
    decision, reviews = decision_and_reviews(practice)
    may_appeal = own and not practice.refusal_to_edit(request.user) and round_to_appeal(practice) is not None
    return render(
        request,
        "practices/practice_history.html",
        {
            "practice": practice,
            "own": own,
            "progress": progress_of([practice])[practice.pk],
            "timeline": timeline_of(practice),
            "decision": decision,
            "reviews": reviews,
            "editable": own and not practice.refusal_to_edit(request.user),
            "appeal_form": (form or AppealForm()) if may_appeal else None,
            "may_confirm": own and practice.live and not practice.is_submitted,
        },
        status=422 if form else 200,
    )


@signed_in
@require_POST
def practice_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal once against a declined practice."""
    practice = get_object_or_404(
        Practice.objects.written_by(request.user).with_review().select_related("school", "author"), pk=pk
    )
    if round_to_appeal(practice) is None:
        messages.error(request, NOTHING_TO_APPEAL)
        return redirect("practice_history", pk)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _history(request, practice, form)
    try:
        appeal(practice=practice, by=request.user, text=form.cleaned_data["text"])
    except PracticesError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We’ve sent your appeal to a reviewer who wasn’t involved in the decision."))
    return redirect("practice_history", pk)


@signed_in
@require_POST
def practice_still_true(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a published practice for two more years."""
    practice = get_object_or_404(Practice.objects.written_by(request.user), pk=pk)
    try:
        still_true(practice=practice, by=request.user)
    except PracticesError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Thank you. You’ve confirmed it for another two years."))
    return redirect("practice_history", pk)
