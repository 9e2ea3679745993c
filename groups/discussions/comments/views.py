"""Pages of a practice's discussion, and of single comments anywhere."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import members_only, signed_in
from community.errors import RoomError
from community.rate_limits import check_pace, refuse, status_of
from content.filters import number_of
from groups.practices.models import Practice

from ..forms import CommentForm, EditForm
from ..models import Comment, Topic
from .commenting import edit, refusal_to_comment, refusal_to_talk, withdraw, write
from .listening import listen, listens, stop_listening
from .threads import Shown, Threads, page_of, shown_to, thread_of


def crumbs_of(place: Practice | Topic, here: str = "") -> list[tuple[str, str]]:
    """Return the breadcrumbs of a page below a discussion; without `here`, those of the discussion."""
    if isinstance(place, Practice):
        above = [(_("Good practices"), reverse("practice_list"))]
    else:
        above = [(_("Discussions"), reverse("topic_list"))]
    return [*above, (str(place), place.get_absolute_url()), (here, "")] if here else [*above, (str(place), "")]


def number_in(query, name: str) -> int | None:
    """Return a number from a query string or form; None if it isn't one."""
    return number_of(query.get(name))


def save_comment(request: HttpRequest, place: Practice | Topic) -> tuple[CommentForm, Comment | None]:
    """Save the posted comment. Return the form, and the comment or None if rejected. 403 for non-contributors."""
    if reason := refusal_to_comment(place, request.user):
        raise PermissionDenied(reason)
    form = CommentForm(request.user, request.POST)
    if not form.is_valid():
        return form, None
    parent = form.cleaned_data["parent"]
    found = Comment.objects.visible_to(request.user).filter(pk=parent).first() if parent else None
    if parent and not found:
        form.add_error(None, _("That comment is no longer there. You can post yours as a new comment."))
        return form, None
    try:
        check_pace(request, "comment")
        words = {"text": form.cleaned_data["text"], **form.written()}
        return form, write(place=place, by=request.user, parent=found, **words)
    except RoomError as refused:
        refuse(form, refused)
        return form, None


def discussion_context(request: HttpRequest, place: Practice | Topic, page: Threads, form: CommentForm | None) -> dict:
    """Return the context of the thread list; a form with errors is shown where it was filled in."""
    refusal = refusal_to_comment(place, request.user)
    answered = number_in(form.data, "parent") if form else None
    beside = any(row.comment.pk == answered and row.may_answer for row in page.rows)
    if form and not beside:
        # The parent is gone or on another page, so the text moves to the form for new comments.
        form.data = form.data.dict() | {"parent": ""}
    return {
        "place": place,
        "threads": page.rows,
        "newer_href": f"?before={page.before}" if page.before else "",
        "older_href": f"?after={page.after}" if page.after else "",
        "form": None if refusal else form if form and not beside else CommentForm(request.user),
        "failed_form": form if beside else None,
        "failed_parent": answered if beside else None,
        "answer_form": None if refusal else CommentForm(request.user, auto_id=False),
        "refusal": refusal,
    }


def _talked_about(request: HttpRequest, pk: int) -> Practice:
    return get_object_or_404(Practice.objects.visible_to(request.user).published(), pk=pk)


@signed_in
@members_only
def practice_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the comments on a practice, newest first, and post a comment."""
    practice = _talked_about(request, pk)
    form = None
    if request.method == "POST":
        form, comment = save_comment(request, practice)
        if comment:
            messages.success(request, _("Your comment has been posted."))
            return redirect(f"{comment.get_absolute_url()}#comment-{comment.pk}")
    page = page_of(
        practice,
        request.user,
        writes=not refusal_to_talk(request.user),
        after=number_in(request.GET, "after"),
        before=number_in(request.GET, "before"),
    )
    context = discussion_context(request, practice, page, form) | {
        "practice": practice,
        "crumbs": crumbs_of(practice, _("Discussion")),
        "writes_it": practice.written_for(request.user) is not None,
        "listens": listens(practice, request.user),
    }
    return render(request, "discussions/practice.html", context, status=status_of(form))


@members_only
@require_POST
def practice_listen(request: HttpRequest, pk: int) -> HttpResponse:
    """Subscribe to new comments on a practice, or unsubscribe."""
    practice = _talked_about(request, pk)
    if request.POST.get("do") == "unsubscribe":
        stop_listening(practice=practice, by=request.user)
        messages.success(request, _("You’ll no longer hear about this discussion."))
    else:
        listen(practice=practice, by=request.user)
        messages.success(request, _("You’ll hear about new comments."))
    return redirect("practice_discussion", practice.pk)


def _comment(request: HttpRequest, pk: int) -> Comment:
    comments = Comment.objects.open_to(request.user).select_related("author", "school", "practice", "topic")
    return get_object_or_404(comments, pk=pk)


@signed_in
@members_only
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the thread that contains a comment, the target of email links."""
    found = _comment(request, pk)
    if found.is_opening:
        return redirect(found.topic)
    place = found.place
    writes = not refusal_to_comment(place, request.user)
    page = Threads(thread_of(found, request.user, writes=writes))
    whole = reverse("practice_discussion", args=[place.pk]) if found.practice_id else place.get_absolute_url()
    context = discussion_context(request, place, page, None) | {
        "crumbs": crumbs_of(place, _("Thread")),
        "practice": found.practice,
        "topic": found.topic,
        "action": whole,
        "whole": whole,
        "form": None,
    }
    return render(request, "discussions/thread.html", context)


def own(request: HttpRequest, pk: int) -> Shown:
    """Return the comment for its author; 403 with the reason for other readers."""
    found = _comment(request, pk)
    if found.author_id != request.user.pk:
        raise PermissionDenied(_("Only the author can edit this comment."))
    return shown_to(request.user, found, writes=not refusal_to_comment(found.place, request.user))


@members_only
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit one's own comment."""
    found = own(request, pk)
    if not found.may_edit:
        raise PermissionDenied(refusal_to_comment(found.comment.place, request.user) or _("It’s now hidden."))
    form = EditForm(request.POST or None, initial={"text": found.comment.text})
    if request.method == "POST" and form.is_valid():
        try:
            check_pace(request, "comment")
            edit(comment=found.comment, by=request.user, text=form.cleaned_data["text"])
        except RoomError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Edited. Readers can see the earlier version."))
            return redirect(f"{found.comment.get_absolute_url()}#comment-{pk}")
    context = {"form": form, "comment": found.comment, "crumbs": crumbs_of(found.comment.place, _("Edit"))}
    return render(request, "discussions/edit.html", context, status=status_of(form))


@signed_in
@members_only
def comment_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the earlier versions of a comment to everyone who can read it."""
    found = _comment(request, pk)
    versions = list(found.versions.all())
    context = {"comment": found, "versions": versions, "crumbs": crumbs_of(found.place, _("Earlier versions"))}
    return render(request, "discussions/versions.html", context)


@members_only
@require_POST
def comment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's own comment."""
    found = own(request, pk).comment
    withdraw(comment=found, by=request.user)
    messages.success(request, _("Withdrawn. Only a note remains in its place."))
    if found.practice_id:
        return redirect("practice_discussion", found.practice_id)
    return redirect(found.topic)
