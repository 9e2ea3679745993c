"""People on the desk: their history, warnings and suspensions."""

from datetime import date, timedelta
from itertools import islice
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.errors import CommunityError
from community.folding import fold
from community.models import Membership, Sanction, User
from community.sanctions import LONGEST, lift, looked_after_by, suspend, warn
from content.filters import text_of

from ..desk.views import for_moderators, header
from ..waiting import history_of

SHOWN = 50
USUAL = timedelta(days=14)


class OnceForm(forms.Form):
    """Form that takes effect once, however often it is submitted."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class WarnForm(OnceForm):
    reason = forms.CharField(
        label=gettext_lazy("What must not happen again? The person will see this."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )


class SuspendForm(OnceForm):
    reason = forms.CharField(
        label=gettext_lazy("Why? The person will see this."), max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Up to a year from today. The suspension ends automatically."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.now().date()
        self.fields["until"].initial = today + USUAL
        self.fields["until"].widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}


class LiftForm(forms.Form):
    """Form without fields; the button is enough."""


def _named(people: QuerySet[User], query: str) -> QuerySet[User]:
    """Return people whose folded name contains the query, or whose email address equals it."""
    wanted, address = fold(query), query.casefold()
    rows = people.order_by("name", "pk").values_list("pk", "name", "email")
    named = (pk for pk, name, email in rows if wanted in fold(name) or address == email.casefold())
    return people.filter(pk__in=list(islice(named, SHOWN)))


@for_moderators
def people(request: HttpRequest) -> HttpResponse:
    """List warned and suspended people of the moderator's countries, or search everyone there."""
    query = text_of(request.GET.get("q")).strip()[:100]
    own = looked_after_by(request.user)
    found = _named(own, query) if query else own.filter(sanctions__isnull=False).distinct()
    people = list(found.order_by("name", "pk")[:SHOWN])
    last: dict[int, Sanction] = {}
    running = {}
    for row in Sanction.objects.filter(person__in=people).order_by("given_at", "pk"):
        last[row.person_id] = row
        if row.runs():
            running[row.person_id] = row
    schools: dict[int, list[str]] = {}
    for membership in Membership.objects.active().filter(user__in=people).select_related("school"):
        schools.setdefault(membership.user_id, []).append(membership.school.name)
    context = {
        "query": query,
        "rows": [
            {
                "person": person,
                "schools": ", ".join(schools.get(person.pk, [])),
                "last": last.get(person.pk),
                "suspended": running.get(person.pk),
            }
            for person in people
        ],
        **header(_("People")),
    }
    return TemplateResponse(request, "moderation/people.html", context)


def _act(action: str, person: User, by: User, typed: dict) -> str:
    """Carry out the action and return the success message."""
    if action == "warn":
        warn(person=person, by=by, reason=typed["reason"], token=typed["token"])
        return _("Warning sent. %(person)s has been told why.")
    if action == "suspend":
        until: date = typed["until"]
        suspend(person=person, by=by, reason=typed["reason"], until=until, token=typed["token"])
        return _("Contributions suspended. %(person)s has been told why and until when.")
    lift(person=person, by=by)
    return _("Suspension lifted. %(person)s has been told.")


@for_moderators
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person's history; warn them, suspend them or lift a suspension."""
    found = get_object_or_404(looked_after_by(request.user), pk=pk)
    done = request.POST.get("do")
    given = {"warn": WarnForm, "suspend": SuspendForm, "lift": LiftForm}
    bound = {key: form(request.POST if key == done else None, auto_id=f"{key}-%s") for key, form in given.items()}
    if done in bound and bound[done].is_valid():
        try:
            words = _act(done, found, request.user, bound[done].cleaned_data)
        except CommunityError as refused:
            bound[done].add_error(None, str(refused))
        else:
            messages.success(request, words % {"person": found})
            return redirect("desk:person", pk)
    sanctions = list(found.sanctions.select_related("given_by", "lifted_by"))
    context = {
        "person": found,
        "memberships": found.memberships.active().select_related("school"),
        "sanctions": sanctions,
        "running": next((row for row in sanctions if row.runs()), None),
        "traces": history_of(request.user, found),
        **{f"{key}_form": form for key, form in bound.items()},
        **header(str(found)),
    }
    refused = any(form.errors for form in bound.values())
    return TemplateResponse(request, "moderation/person.html", context, status=422 if refused else 200)
