"""A practice's page in the Wagtail admin: the text as readers will see it, the changes, and the review.

The text is read-only here because it belongs to its authors. Its status changes through the verbs of this folder.
"""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from ..errors import PracticesError
from ..models import Outcome, Practice, Review, ReviewRound
from .deciding import decide, may_decide, result_of, suggested
from .forms import DecisionForm, ReviewForm
from .reviewing import claim, hand_in, release, save_review
from .rounds import open_round
from .rubric import NOT_OFFICIAL
from .timeline import timeline_of
from .versions import Change, changes_between, version_before

LIST = "wagtailsnippets_practices_practice:list"


def practice_or_404(request: HttpRequest, pk: str) -> Practice:
    """Return the practice if the moderator may open it, else 404."""
    practices = Practice.objects.moderated_by(request.user).with_review().select_related("school", "author")
    return get_object_or_404(practices, pk=pk)


def text_under_review(practice: Practice) -> Practice:
    """Return the submitted text or, outside a review, the published one. Unsubmitted changes are private."""
    if practice.status != "in_review":
        return practice
    return practice.current_workflow_task_state.revision.as_object()


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class PracticeReviewView(WagtailAdminTemplateMixin, View):
    model = None
    template_name = "practices/admin/review.html"
    header_icon = "pick"

    def dispatch(self, request: HttpRequest, pk: str) -> HttpResponse:
        self.practice = practice_or_404(request, pk)
        return super().dispatch(request)

    @cached_property
    def round(self) -> ReviewRound | None:
        return open_round(self.practice)

    @cached_property
    def own(self) -> Review | None:
        """Return the review the person holds in the current round."""
        return self.round.reviews.held_by(self.request.user).with_scores().first()

    @cached_property
    def text(self) -> Practice:
        return text_under_review(self.practice)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        steps = {
            "claim": self._claim,
            "release": self._release,
            "save": self._write,
            "hand_in": self._write,
            "decide": self._decide,
        }
        step = steps.get(request.POST.get("do"))
        if step is None:
            raise PermissionDenied(_("Decide this on the review page."))
        return step(request)

    def _claim(self, request: HttpRequest) -> HttpResponse:
        return self._done(
            lambda: claim(practice=self.practice, by=request.user),
            _("You’ve claimed this review. It’s private until you submit it."),
        )

    def _release(self, request: HttpRequest) -> HttpResponse:
        return self._done(
            lambda: release(practice=self.practice, by=request.user),
            _("Your place is now free for someone else. We’ve kept what you wrote in case you come back."),
            to_list=True,
        )

    def _done(self, verb, words: str, *, to_list: bool = False) -> HttpResponse:
        try:
            verb()
        except PracticesError as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, words)
            if to_list:
                return redirect(next_address(self.request))
        return redirect(self.request.get_full_path())

    def _write(self, request: HttpRequest) -> HttpResponse:
        if self.round is None or self.own is None or self.own.written_at:
            # Withdrawn by its author, or submitted twice: the verb raises the error.
            return self._done(lambda: hand_in(practice=self.practice, by=request.user, draft=None), "")
        form = self._review_form(request.POST)
        verb = hand_in if request.POST["do"] == "hand_in" else save_review
        try:
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(review_form=form), status=422)
            verb(practice=self.practice, by=request.user, draft=form.draft())
        except PracticesError as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(review_form=form), status=422)
        if verb is save_review:
            messages.success(request, _("Saved. Only you can see it."))
            return redirect(request.get_full_path())
        messages.success(request, self._after_handing_in())
        return redirect(next_address(request))

    def _after_handing_in(self) -> str:
        decided = ReviewRound.objects.get(pk=self.round.pk)
        if decided.outcome:
            return DONE[decided.outcome]
        return _("Review submitted. We’re waiting for the other review, or for someone else to decide.")

    def _decide(self, request: HttpRequest) -> HttpResponse:
        form = self._decision_form(request.POST)
        try:
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(decision_form=form), status=422)
            decide(practice=self.practice, by=request.user, **form.cleaned_data)
        except PracticesError as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(decision_form=form), status=422)
        messages.success(request, DONE[form.cleaned_data["outcome"]])
        return redirect(next_address(request))

    def _review_form(self, data: dict | None = None) -> ReviewForm:
        return ReviewForm(self.round, public_wished=self.text.public_wished, review=self.own, data=data)

    def _decision_form(self, data: dict | None = None) -> DecisionForm:
        return DecisionForm(data, public_wished=self.text.public_wished)

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        context |= {"practice": self.practice, "text": self.text, "not_official": NOT_OFFICIAL}
        context |= {
            "changes": self._changes(),
            "timeline": timeline_of(self.practice),
            "earlier": self._earlier_rounds(),
        }
        if self.round is not None:
            context |= self._round_context(context)
        return context

    def _round_context(self, context: dict) -> dict:
        user, allowed = self.request.user, self.practice.may_be_reviewed_by(self.request.user)
        writes = allowed and self.own is not None and self.own.written_at is None
        shown = Review.objects.visible_to(user).handed_in().filter(round=self.round)
        decides = allowed and may_decide(self.round, user)
        criteria = self.round.rubric.criteria.count()
        found = {
            "round": self.round,
            "allowed": allowed,
            "own": self.own,
            "free": self.round.wanted - len(self.round.held_reviews),
            "excluded": self.round.excludes(user),
            "shown": [(row, result_of(row, criteria)) for row in shown.with_scores()],
        }
        if writes:
            form = context.get("review_form") or self._review_form()
            found |= {"review_form": form, "result": result_of(self.own, criteria)}
            outcome = suggested(self.own, criteria)
            found["suggested"] = Outcome(outcome).label if outcome else ""
        if decides:
            found["decision_form"] = context.get("decision_form") or self._decision_form()
        return found

    def _changes(self) -> list[Change]:
        if self.round is None:
            return []
        before = version_before(self.practice)
        return changes_between(before.as_object(), self.text) if before else []

    def _earlier_rounds(self) -> list[dict]:
        """Return earlier decided rounds with their reviews."""
        decided = self.practice.rounds.exclude(decided_at=None).order_by("-pk")
        shown = Review.objects.visible_to(self.request.user).written()
        return [{"round": one, "reviews": shown.filter(round=one).with_scores()} for one in decided]

    def get_page_title(self) -> str:
        return _("Review") if self.round else _("Good practice")

    def get_page_subtitle(self) -> str:
        return str(self.text)

    def get_breadcrumbs_items(self) -> list[dict]:
        here = {"url": "", "label": str(self.text), "sublabel": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), {"url": reverse(LIST), "label": _("Good practices")}, here]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.practice.live:
            return []
        address = reverse("wagtailsnippets_practices_practice:unpublish", args=[self.practice.pk])
        return [HeaderButton(label=_("Remove from the site"), url=address, icon_name="download", priority=90)]


DONE = {
    Outcome.PUBLISH: gettext_lazy("Published. We’ve told the author."),
    Outcome.RETURN: gettext_lazy("Sent back. We’ve told the author why."),
    Outcome.DECLINE: gettext_lazy("Declined. We’ve told the author why, and how to appeal."),
}


def next_address(request: HttpRequest) -> str:
    """Return the admin URL from `next`, else the URL of the moderator's queue."""
    asked = request.GET.get("next", "")
    ours = asked.startswith(reverse("wagtailadmin_home")) and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else reverse(LIST) + "?waiting=true"


class PracticeTextView(View):
    """The text as readers will see it, for the iframe beside the form."""

    model = None

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        text = text_under_review(practice_or_404(request, pk))
        return render(request, "practices/review/framed.html", {"practice": text, "framed": True})
