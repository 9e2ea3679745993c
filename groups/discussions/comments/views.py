"""Pages of a discussion and of single comments."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.access import members_only, signed_in
from community.errors import RoomError
from community.rate_limits import check_pace, refuse, status_of
from content.filters import number_of

from ..models import Comment
from ..places import crumbs_of, kind_of
from ..writing_rules import refusal_to_comment, refusal_to_talk
from .commenting import edit, withdraw, write
from .forms import CommentForm, EditForm
from .subscribing import is_subscribed, subscribe, unsubscribe
from .threads import Threads, rows_of_thread, shown_to, thread_page, threads_of


def number_in(query, name: str) -> int | None:
    """Return a number from a query string or form; None if it isn't one."""
    return number_of(query.get(name))


def save_comment(request: HttpRequest, place: Model) -> tuple[CommentForm, Comment | None]:
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


def discussion_context(request: HttpRequest, place: Model, page: Threads, form: CommentForm | None) -> dict:
    """Return the context of the thread list; a form with errors is shown where it was filled in."""
    refusal = refusal_to_comment(place, request.user)
    answered = number_in(form.data, "parent") if form else None
    beside = any(row.comment.pk == answered and row.may_answer for row in page.rows)
    if form and not beside:
        # The parent is gone or on another page, so the text moves to the form for new comments.
        form.data = form.data.dict() | {"parent": ""}
    return {
        "place": place,
        "kind": kind_of(place),
        "answer_id": kind_of(place).answer_id(place),
        "threads": page.rows,
        "newer_href": f"?before={page.before}" if page.before else "",
        "older_href": f"?after={page.after}" if page.after else "",
        "form": None if refusal else form if form and not beside else CommentForm(request.user),
        "failed_form": form if beside else None,
        "failed_parent": answered if beside else None,
        "answer_form": None if refusal else CommentForm(request.user, auto_id=False),
        "refusal": refusal,
    }


def discussion_page(request: HttpRequest, place: Model, *, subscribe_url: str) -> HttpResponse:
    """Show the comments in a place and post a comment, where the place has a page of its own elsewhere.

    The form that subscribes is sent to `subscribe_url`, which calls `change_subscription`.
    """
    form = None
    if request.method == "POST":
        form, comment = save_comment(request, place)
        if comment:
            messages.success(request, _("Your comment has been posted."))
            return redirect(f"{comment.get_absolute_url()}#comment-{comment.pk}")
    page = thread_page(
        place,
        request.user,
        writes=not refusal_to_talk(request.user),
        after=number_in(request.GET, "after"),
        before=number_in(request.GET, "before"),
    )
    context = discussion_context(request, place, page, form) | {
        "crumbs": crumbs_of(place, _("Discussion")),
        "subscribe_url": subscribe_url,
        "is_author": kind_of(place).is_author(place, request.user),
        "is_subscribed": is_subscribed(place, request.user),
    }
    return render(request, "discussions/discussion.html", context, status=status_of(form))


def change_subscription(request: HttpRequest, place: Model) -> HttpResponse:
    """Subscribe to new comments in a place, or unsubscribe."""
    if request.POST.get("do") == "unsubscribe":
        unsubscribe(place=place, by=request.user)
        messages.success(request, _("You’ll no longer hear about this discussion."))
    else:
        subscribe(place=place, by=request.user)
        messages.success(request, _("You’ll hear about new comments."))
    return redirect(kind_of(place).address(place))


def _comment(request: HttpRequest, pk: int) -> Comment:
    return get_object_or_404(Comment.objects.open_to(request.user).select_related("author", "school"), pk=pk)


@signed_in
@members_only
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the thread that contains a comment, the target of email links."""
    rows = rows_of_thread(pk, request.user)
    found = next((row for row in rows if row.pk == pk and row.is_readable), None)
    if found is None:
        raise Http404
    place = found.place
    if found.is_opening:
        return redirect(place)
    writes = not refusal_to_comment(place, request.user)
    page = Threads(threads_of(rows, request.user, writes=writes))
    whole = kind_of(place).address(place)
    context = discussion_context(request, place, page, None) | {
        "crumbs": crumbs_of(place, _("Thread")),
        "action": whole,
        "whole": whole,
        "form": None,
    }
    return render(request, "discussions/thread.html", context)


def _own_comment(request: HttpRequest, pk: int) -> Comment:
    """Return the comment for its author; 403 with the reason for other readers."""
    found = _comment(request, pk)
    if found.author_id != request.user.pk:
        raise PermissionDenied(_("Only the author can edit this comment."))
    return found


@members_only
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit one's own comment."""
    found = _own_comment(request, pk)
    refusal = refusal_to_comment(found.place, request.user)
    if not shown_to(request.user, found, writes=not refusal).may_edit:
        raise PermissionDenied(refusal or _("It’s now hidden."))
    form = EditForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        try:
            check_pace(request, "comment")
            edit(comment=found, by=request.user, text=form.cleaned_data["text"])
        except RoomError as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Edited. Readers can see the earlier version."))
            return redirect(f"{found.get_absolute_url()}#comment-{pk}")
    crumbs = crumbs_of(found.place, _("Edit"))
    context = {"form": form, "comment": found, "kind": kind_of(found.place), "crumbs": crumbs}
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
    found = _own_comment(request, pk)
    withdraw(comment=found, by=request.user)
    messages.success(request, _("Withdrawn. Only a note remains in its place."))
    return redirect(kind_of(found.place).address(found.place))
