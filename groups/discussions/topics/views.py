"""Pages of topics."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from community.access import members_only, moderates, signed_in
from community.errors import RoomError
from community.rate_limits import TooOftenError, check_pace, refuse, status_of
from content.filters import number_of
from content.taxonomy import Pillar

from ..comments.forms import CommentForm
from ..comments.subscribing import is_subscribed, subscribe, unsubscribe
from ..comments.threads import comments_of, last_thread_page, shown_to, thread_page
from ..comments.views import discussion_context, number_in, save_comment
from ..errors import RefusedError
from ..models import Comment, Topic
from ..places import crumbs_of
from ..polls import polling
from ..writing_rules import may_manage_topic, refusal_to_comment, refusal_to_talk
from .forms import TopicForm
from .managing import begin_topic, close_topic, mark_answer, pin_topic, reopen_topic, unmark_answer, unpin_topic
from .topic_list import pillar_of, topic_list_page


@signed_in
@members_only
def topic_list(request: HttpRequest) -> HttpResponse:
    """List topics by latest activity, optionally filtered by pillar."""
    pillar = pillar_of(request.GET.get("pillar", ""))
    list_url = reverse("topic_list")
    tabs = [{"label": _("All"), "href": list_url, "current": not pillar}]
    tabs += [
        {"label": label, "href": f"{list_url}?pillar={key}", "current": key == pillar} for key, label in Pillar.choices
    ]
    context = {
        "page": topic_list_page(request.user, pillar=pillar, cursor=request.GET.get("after", "")),
        "tabs": tabs,
        "pillar": pillar,
        "refusal": refusal_to_talk(request.user),
    }
    return render(request, "discussions/list.html", context)


@members_only
def topic_new(request: HttpRequest) -> HttpResponse:
    """Start a topic."""
    if reason := refusal_to_talk(request.user):
        raise RefusedError(reason)
    pillar = pillar_of(request.GET.get("pillar", ""))
    form = TopicForm(request.user, request.POST or None, initial={"pillar": pillar})
    if request.method == "POST" and form.is_valid():
        try:
            check_pace(request, "topic")
            return redirect(begin_topic(by=request.user, **form.written()))
        except RoomError as refused:
            refuse(form, refused)
    crumbs = [(_("Discussions"), reverse("topic_list")), (_("New topic"), "")]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "discussions/new.html", context, status=status_of(form))


def topic_of(request: HttpRequest, pk: int) -> Topic:
    """Return the topic with everything its page shows, or 404."""
    return get_object_or_404(Topic.objects.open_to(request.user).for_page(), pk=pk)


@signed_in
@members_only
def topic(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a topic with its comments, oldest first, and post a comment."""
    found = topic_of(request, pk)
    form = None
    if request.method == "POST":
        form, comment = save_comment(request, found)
        if comment:
            messages.success(request, _("Your answer has been posted."))
            return redirect(f"{found.get_absolute_url()}?last=1#comment-{comment.pk}")
    elif slug != found.slug:
        return redirect(found)
    return topic_page(request, found, form=form, status=status_of(form))


@signed_in
@members_only
def topic_old_address(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Redirect permanently to the topic's address, if the person may see it."""
    return redirect(topic_of(request, pk), permanent=True)


def topic_page(
    request: HttpRequest,
    found: Topic,
    *,
    form: CommentForm | None = None,
    poll_error: str = "",
    picked: Sequence[int] = (),
    status: int = 200,
) -> HttpResponse:
    """Render the topic for this person, with a rejected comment or ballot if there is one."""
    writes = not refusal_to_comment(found, request.user)
    if request.GET.get("last"):
        page = last_thread_page(found, request.user, writes=writes)
    else:
        positions = {name: number_in(request.GET, name) for name in ("after", "before")}
        page = thread_page(found, request.user, writes=writes, **positions)
    opening = comments_of(found, request.user).filter(is_opening=True).first()
    may_moderate = moderates(request.user, found.country)
    context = discussion_context(request, found, page, form) | {
        "topic": found,
        "opening": shown_to(request.user, opening, writes=writes) if opening else None,
        "crumbs": crumbs_of(found),
        "is_subscribed": is_subscribed(found, request.user),
        "may_manage": may_manage_topic(found, request.user),
        "may_moderate": may_moderate,
        "poll": polling.poll_of(found, request.user),
        "poll_error": poll_error,
        "picked": picked,
        "answer": found.answer if found.answer and found.answer.is_shown else None,
    }
    return render(request, "discussions/topic.html", context, status=status)


# Status of a rejected ballot; 422 for an invalid choice.
BALLOT_STATUS = {polling.OverError: 409, TooOftenError: 429}


@members_only
@require_POST
def poll_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Cast or change a vote."""
    found = get_object_or_404(Topic.objects.open_to(request.user), pk=pk)
    posted = map(number_of, request.POST.getlist("option"))
    chosen = [number for number in posted if number is not None]
    try:
        check_pace(request, "vote")
        polling.vote(topic=found, by=request.user, options=chosen)
    except RefusedError:
        raise
    except RoomError as refused:
        # Read again: the poll may have ended since.
        again, status = topic_of(request, pk), BALLOT_STATUS.get(type(refused), 422)
        return topic_page(request, again, poll_error=str(refused), picked=chosen, status=status)
    messages.success(request, _("Your vote has been counted. You can change it until the poll ends."))
    return redirect(f"{found.get_absolute_url()}#poll")


CHANGES = {
    "close": (close_topic, gettext_lazy("Topic closed. It can still be read.")),
    "reopen": (reopen_topic, gettext_lazy("Topic reopened.")),
    "pin": (pin_topic, gettext_lazy("Pinned to the top.")),
    "unpin": (unpin_topic, gettext_lazy("Unpinned.")),
    "unmark": (unmark_answer, gettext_lazy("The question is open again.")),
}
SUBSCRIPTIONS = {
    "subscribe": (subscribe, gettext_lazy("You’ll hear about new answers.")),
    "unsubscribe": (unsubscribe, gettext_lazy("You’ll no longer hear about this topic.")),
}


@members_only
@require_POST
def topic_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Close, pin, mark as answered, subscribe, and undo each."""
    found = topic_of(request, pk)
    wish = request.POST.get("do", "")
    if wish == "answer":
        answers = Comment.objects.visible_to(request.user).in_place(found)
        answer = get_object_or_404(answers, pk=number_in(request.POST, "comment"))
        try:
            mark_answer(topic=found, answer=answer, by=request.user)
            messages.success(request, _("Marked as the answer."))
        except RefusedError:
            raise
        except RoomError as refused:
            messages.error(request, str(refused))
    elif wish in CHANGES:
        verb, said = CHANGES[wish]
        verb(topic=found, by=request.user)
        messages.success(request, said)
    elif wish in SUBSCRIPTIONS:
        verb, said = SUBSCRIPTIONS[wish]
        verb(place=found, by=request.user)
        messages.success(request, said)
    return redirect(found)
