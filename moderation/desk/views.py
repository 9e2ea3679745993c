"""The desk: the queue, and a page for deciding each item."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator

from community.access import is_moderator
from community.sanctions import may_sanction

from ..errors import ModerationError
from ..waiting import Action, WaitingKind, kinds
from .claims import HOURS, claim_of, forget, leave, take
from .filters import FilterForm
from .queue import Entry, Filters, choices_of, entries, next_after, waiting

PER_PAGE = 25


TITLE = gettext_lazy("Moderators’ desk")


class ThingsPaginator(WagtailPaginator):
    """Paginator for items of several models, so Wagtail names no model in its count."""

    model = None


def for_moderators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return 404 to non-moderators, as Wagtail's admin gate (community/sign_in/admin_gate.py) does before."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_moderator(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def header(title: str, *, filters: Filters | None = None, subtitle: str = "") -> dict:
    """Return the context of Wagtail's page header."""
    crumbs = [{"url": address(filters), "label": TITLE}] if title != TITLE else []
    return {
        "page_title": title,
        "page_subtitle": subtitle,
        "header_title": title,
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            *crumbs,
            {"url": "", "label": title},
        ],
    }


def address(filters: Filters | None = None, entry: tuple[str, int] | None = None) -> str:
    """Return the URL of the queue, or of one item, keeping the filters."""
    path = reverse("desk:item", args=entry) if entry else reverse("desk:index")
    return path + (filters.query if filters else "")


@for_moderators
def index(request: HttpRequest) -> HttpResponse:
    """List everything waiting for this moderator, soonest due first."""
    filters = Filters.read(request.GET)
    paginator = ThingsPaginator(waiting(request.user, filters), PER_PAGE)
    page = paginator.get_page(request.GET.get("p"))
    context = {
        "filters": filters,
        "form": FilterForm(filters, choices_of(request.user)),
        "entries": entries(request.user, list(page)),
        "page": page,
        "elided_page_range": paginator.get_elided_page_range(page.number),
        **header(TITLE),
    }
    return TemplateResponse(request, "moderation/index.html", context)


@dataclass
class Offer:
    """An action with its form, bound if it was the one submitted."""

    action: Action
    form: forms.Form


def _kind(key: str) -> WaitingKind:
    found = next((kind for kind in kinds() if kind.key == key), None)
    if found is None:
        raise Http404
    return found


def _gone(request: HttpRequest, filters: Filters) -> HttpResponse:
    """Give the same answer for an item that is settled, outside the moderator's remit or non-existent."""
    messages.info(request, _("This isn’t waiting for you, or has already been dealt with."))
    return redirect(address(filters))


@for_moderators
def item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show a waiting item and its actions; acting on it leads to the next item."""
    of_kind, filters, user = _kind(kind), Filters.read(request.GET), request.user
    thing = of_kind.find(user, pk)
    if thing is None:
        return _gone(request, filters)
    claim = None if of_kind.keeps_claims else claim_of(kind, pk)
    held = claim if claim and claim.holder_id != user.pk else None
    done = request.POST.get("do")
    offers = [
        Offer(action, action.form(request.POST if action.key == done else None, auto_id=f"{action.key}-%s"))
        for action in of_kind.actions(user, thing)
    ]
    chosen = next((offer for offer in offers if offer.action.key == done), None)
    if chosen and chosen.form.is_valid():
        if held and request.POST.get("knows") != str(held.holder_id):
            sentence = _("%(name)s has taken this on in the meantime. Send it again if you still want to decide.")
            chosen.form.add_error(None, sentence % {"name": held.holder})
        elif answer := _act(request, of_kind, thing, chosen, filters):
            return answer
    row = of_kind.rows(user, [pk])[pk]
    entry = Entry(of_kind, pk, thing.waits_since, thing.waits_until, thing.of_country, thing.in_language, row, claim)
    person = of_kind.person(thing)
    following = next_after(user, filters, kind, pk)
    context = {
        "kind": of_kind,
        "thing": thing,
        "entry": entry,
        "offers": offers,
        "held": held,
        "mine": claim if claim and not held else None,
        "hours": HOURS,
        "person": person,
        "looks_after": bool(person) and may_sanction(user, person),
        "filters": filters,
        "here": address(filters, (kind, pk)),
        "back": address(filters),
        "skip": address(filters, following) if following else "",
        **of_kind.context(user, thing),
        **header(of_kind.label, filters=filters, subtitle=row.title),
    }
    return TemplateResponse(
        request, "moderation/item.html", context, status=422 if chosen and chosen.form.errors else 200
    )


def _act(
    request: HttpRequest, kind: WaitingKind, thing: object, chosen: Offer, filters: Filters
) -> HttpResponse | None:
    """Carry out the action and redirect to the next item; return None, with a form error, if it was refused.

    If the item was settled in the meantime, redirect to the queue with the reason: there is nothing left to decide.
    """
    following = next_after(request.user, filters, kind.key, thing.pk)
    try:
        chosen.action.act(thing, request.user, **chosen.form.cleaned_data)
    except kind.errors as refused:
        if kind.find(request.user, thing.pk) is None:
            messages.error(request, str(refused))
            return redirect(address(filters))
        chosen.form.add_error(None, str(refused))
        return None
    messages.success(request, chosen.action.done)
    if chosen.action.keeps:
        return redirect(address(filters, (kind.key, thing.pk)))
    forget(kind=kind.key, item=thing.pk)
    return redirect(address(filters, following))


@for_moderators
@require_POST
def take_item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Claim the item, or take over another moderator's claim."""
    of_kind, filters = _kind(kind), Filters.read(request.GET)
    if of_kind.keeps_claims or of_kind.find(request.user, pk) is None:
        return _gone(request, filters)
    try:
        take(kind=kind, item=pk, by=request.user, over="over" in request.POST)
    except ModerationError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("This is yours for two hours. Others can see that you’re working on it."))
    return redirect(address(filters, (kind, pk)))


@for_moderators
@require_POST
def leave_item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Release the claim."""
    leave(kind=kind, item=pk, by=request.user)
    messages.success(request, _("Released. Others can take it now."))
    return redirect(address(Filters.read(request.GET)))
