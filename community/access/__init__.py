"""Who sees what, who may act: the one policy of the site.

A person is a member *now* when they hold a running membership of a school whose label covers today, or ended so
recently that the grace period still runs (then they read but do not contribute). Nothing is cached beyond one
request: the request after a label ends sees the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.labels import Standing
from ..models.memberships import Membership, Role
from ..models.organisations import SupportOrganisation
from ..models.sanctions import Sanction

if TYPE_CHECKING:
    from ..models.schools import School

READS = {Standing.LABELLED, Standing.GRACE}


class Audience(models.TextChoices):
    PUBLIC = "public", gettext_lazy("everyone")
    MEMBERS = "members", gettext_lazy("members of labelled schools")


@dataclass(frozen=True)
class Belonging:
    """One running membership of a person and what their school is today."""

    school_id: int
    school_name: str
    school_slug: str
    country: str
    role: str
    standing: str

    @property
    def reads(self) -> bool:
        return self.standing in READS

    @property
    def contributes(self) -> bool:
        return self.standing == Standing.LABELLED


@dataclass(frozen=True)
class Suspended:
    """A moderator keeps the person from contributing: the last day of it, and why."""

    until: date
    reason: str


@dataclass(frozen=True)
class Access:
    """Everything the policy needs to know of a person, read in one query."""

    belongings: tuple[Belonging, ...] = ()
    moderates_all: bool = False
    moderated_countries: frozenset[str] = frozenset()
    # Appointed as a moderator, but nothing of it counts before there is a second factor.
    lacks_second_factor: bool = False
    suspended: Suspended | None = None

    @property
    def is_moderator(self) -> bool:
        return self.moderates_all or bool(self.moderated_countries)

    @property
    def is_member(self) -> bool:
        return any(belonging.reads for belonging in self.belongings)

    @property
    def may_contribute(self) -> bool:
        return bool(self.contributing)

    @property
    def reads_members_content(self) -> bool:
        return self.is_member or self.is_moderator

    @property
    def labelled(self) -> list[Belonging]:
        """Where the person takes part: also who is suspended registers for events."""
        return [belonging for belonging in self.belongings if belonging.contributes]

    @property
    def contributing(self) -> list[Belonging]:
        """In whose name the person writes."""
        return [] if self.suspended else self.labelled

    @property
    def contributing_school_ids(self) -> list[int]:
        return [belonging.school_id for belonging in self.contributing]

    @property
    def led_school_ids(self) -> list[int]:
        """Where the person decides as a lead, also in grace; nowhere while they are suspended."""
        if self.suspended:
            return []
        return [row.school_id for row in self.belongings if row.role == Role.LEAD and row.reads]


NOBODY = Access()


def read_access(user, at: date | None = None) -> Access:
    """Read a person's access from the database, never from a cache; one query, two for moderators."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    memberships = (
        Membership.objects.active()
        .with_standing(at)
        .filter(user=user)
        .values_list(
            Value("school", output_field=CharField()),
            "school_id",
            F("school__name"),
            F("school__slug"),
            Cast("school__country", CharField()),
            "role",
            "standing",
        )
    )
    organisations = SupportOrganisation.objects.filter(moderators=user).values_list(
        Value("organisation", output_field=CharField()),
        "pk",
        "name",
        Value("", output_field=CharField()),
        Cast("countries", CharField()),
        "kind",
        Value("", output_field=CharField()),
    )
    suspensions = (
        Sanction.objects.running(at)
        .filter(person=user)
        .values_list(
            Value("suspension", output_field=CharField()),
            "pk",
            "reason",
            Value("", output_field=CharField()),
            Cast("until", CharField()),
            "kind",
            Value("", output_field=CharField()),
        )
    )
    belongings, countries, everywhere, suspended = [], set(), user.is_superuser, None
    for kind, *row in memberships.order_by().union(organisations.order_by(), suspensions.order_by(), all=True):
        if kind == "school":
            belongings.append(Belonging(*row))
        elif kind == "suspension":
            suspended = Suspended(date.fromisoformat(row[3]), row[1])
        elif row[4] == SupportOrganisation.Kind.CENTRAL:
            everywhere = True
        else:
            countries.update(filter(None, row[3].split(",")))
    appointed = everywhere or bool(countries)
    if appointed and settings.REQUIRE_MODERATOR_SECOND_FACTOR and not has_second_factor(user):
        return Access(tuple(belongings), lacks_second_factor=True, suspended=suspended)
    return Access(tuple(belongings), everywhere, frozenset(countries), suspended=suspended)


def has_second_factor(user) -> bool:
    """Whether an app or a key confirms the person's sign-ins; recovery codes alone do not count."""
    return user.authenticator_set.exclude(type="recovery_codes").exists()


def access_of(user, at: date | None = None) -> Access:
    """A person's access; read once per request (AccessMiddleware gives the request's user the memory)."""
    memory = getattr(user, "access_memory", None)
    if at is not None or memory is None:
        return read_access(user, at)
    if "access" not in memory:
        memory["access"] = read_access(user)
    return memory["access"]


def is_member(user, at: date | None = None) -> bool:
    """Whether the person reads what members read, as a member."""
    return access_of(user, at).is_member


def may_contribute(user, at: date | None = None) -> bool:
    """Whether the person writes: a school of theirs holds the label today, and no moderator has suspended them."""
    return access_of(user, at).may_contribute


def is_moderator(user) -> bool:
    """Whether the person moderates at least one country."""
    return access_of(user).is_moderator


def moderates(user, country: str) -> bool:
    """Whether the schools of this country (ISO 3166 alpha-2) are in the person's queue."""
    access = access_of(user)
    return access.moderates_all or country in access.moderated_countries


def acts_for(user, school: "School", at: date | None = None) -> bool:
    """Whether the person writes in this school's name on the day."""
    return school.pk in access_of(user, at).contributing_school_ids


def leads(user, school: "School", at: date | None = None) -> bool:
    """Whether the person acts as a lead of this school: while it holds the label or is in grace, and not suspended."""
    return school.pk in access_of(user, at).led_school_ids


def may_manage(user, school: "School") -> bool:
    """Whether the person invites to the school, removes colleagues and names leads: its leads, and moderators of its
    country."""
    return leads(user, school) or moderates(user, school.country.code)


def may_see_colleagues(user, school: "School") -> bool:
    """Whether the person sees who belongs to the school: those who belong to it, and moderators of its country."""
    belongs = any(b.school_id == school.pk and b.reads for b in access_of(user).belongings)
    return belongs or moderates(user, school.country.code)


def may_see(user, audience: str) -> bool:
    """Whether the person is in the audience."""
    return audience == Audience.PUBLIC or access_of(user).reads_members_content


def shown_to_everyone(row) -> bool:
    """Whether everyone may read this row, so that machines and caches of others may have it."""
    return row.live and row.audience == Audience.PUBLIC


class AudienceQuerySet(models.QuerySet):
    """For models with an `audience` field and a `live` flag; every list of them starts from `visible_to`."""

    def in_audience_of(self, user) -> "AudienceQuerySet":
        """Rows whose audience the person is in, published or not."""
        if access_of(user).reads_members_content:
            return self.filter(audience__in=Audience.values)
        return self.filter(audience=Audience.PUBLIC)

    def visible_to(self, user) -> "AudienceQuerySet":
        """Published rows whose audience the person is in, and drafts of their own where the model has authors."""
        return self.in_audience_of(user).filter(live=True)


View = Callable[..., HttpResponse]


def _declared(audience: str, admits: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Build a decorator that declares a view's audience and hides the view from everyone else behind a 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not admits(request):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.audience = audience
        return guarded

    return decorate


public = _declared("public", lambda request: True)
members_only = _declared("members", lambda request: access_of(request.user).reads_members_content)
# The view looks the object up in `visible_to` itself: pages, files, feeds.
object_decides = _declared("object", lambda request: True)


def signed_in(view: View) -> View:
    """Lead the signed-out to the sign-in page and back, whether what they asked for exists or not.

    What they sent would be lost on that way: they find it on the page that says so.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                raise Http404
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    guarded.audience = "signed_in"
    return guarded


def refusal_to_contribute(user) -> str:
    """Why a person who reads does not contribute, in words; empty when they do."""
    access = access_of(user)
    if access.may_contribute:
        return ""
    if access.suspended and access.is_member:
        return suspension_in_words(access.suspended)
    if access.is_member:
        return _("Your school’s label has ended: until the grace period is over you can read, but not contribute.")
    return _("This is for teachers of schools that hold the eTwinning School Label.")


def suspension_in_words(suspended: Suspended) -> str:
    """Until when and why, for the person themselves."""
    words = _(
        "A moderator has suspended your contributions until %(day)s. You can read meanwhile. The reason: %(reason)s"
    )
    return words % {"day": date_format(suspended.until), "reason": suspended.reason}


def contributors_only(view: View) -> View:
    """Hide the view from non-members; tell members in grace, and who is suspended, in words why they cannot act."""

    @members_only
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_contribute(request.user):
            raise PermissionDenied(refusal_to_contribute(request.user))
        return view(request, *args, **kwargs)

    guarded.audience = "contributors"
    return guarded
