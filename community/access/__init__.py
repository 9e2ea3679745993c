"""The site's access policy: who may read what, and who may act.

A person is a *current* member while they have an active membership of a school whose label is valid today or is in its
grace period. During the grace period they may read but not contribute. Access is cached for one request at most, so the
end of a label takes effect with the next request.
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
    """One active membership and the school's standing today."""

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
    """A running suspension: its last day and the moderator's reason."""

    until: date
    reason: str


@dataclass(frozen=True)
class Access:
    """Everything the policy needs to know about a person, read in one query."""

    belongings: tuple[Belonging, ...] = ()
    moderates_all: bool = False
    moderated_countries: frozenset[str] = frozenset()
    # Appointed as a moderator, but without moderator rights until a second factor is set up.
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
        """Return the memberships whose school holds the label. A suspended person can still register for events."""
        return [belonging for belonging in self.belongings if belonging.contributes]

    @property
    def contributing(self) -> list[Belonging]:
        """Return the memberships on whose behalf the person may contribute."""
        return [] if self.suspended else self.labelled

    @property
    def contributing_school_ids(self) -> list[int]:
        return [belonging.school_id for belonging in self.contributing]

    @property
    def led_school_ids(self) -> list[int]:
        """Return the schools the person may lead, grace period included; none while they are suspended."""
        if self.suspended:
            return []
        return [row.school_id for row in self.belongings if row.role == Role.LEAD and row.reads]


NOBODY = Access()


def read_access(user, at: date | None = None) -> Access:
    """Read a person's access from the database, bypassing the cache. One query, two for moderators."""
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
    """Return whether the person has an authenticator app or a security key. Recovery codes alone don't count."""
    return user.authenticator_set.exclude(type="recovery_codes").exists()


def access_of(user, at: date | None = None) -> Access:
    """Return the person's access, cached for the request. AccessMiddleware puts the cache on the request's user."""
    memory = getattr(user, "access_memory", None)
    if at is not None or memory is None:
        return read_access(user, at)
    if "access" not in memory:
        memory["access"] = read_access(user)
    return memory["access"]


def is_member(user, at: date | None = None) -> bool:
    """Return whether the person may read members' content as a member."""
    return access_of(user, at).is_member


def may_contribute(user, at: date | None = None) -> bool:
    """Return whether the person may contribute: one of their schools holds the label and they are not suspended."""
    return access_of(user, at).may_contribute


def is_moderator(user) -> bool:
    """Return whether the person moderates at least one country."""
    return access_of(user).is_moderator


def moderates(user, country: str) -> bool:
    """Return whether the person moderates the schools of this country (ISO 3166 alpha-2)."""
    access = access_of(user)
    return access.moderates_all or country in access.moderated_countries


def acts_for(user, school: "School", at: date | None = None) -> bool:
    """Return whether the person may contribute on behalf of this school on the given day."""
    return school.pk in access_of(user, at).contributing_school_ids


def leads(user, school: "School", at: date | None = None) -> bool:
    """Return whether the person leads this school, which holds the label or is in grace, and is not suspended."""
    return school.pk in access_of(user, at).led_school_ids


def may_manage(user, school: "School") -> bool:
    """Return whether the person may invite to the school, remove colleagues and change roles.

    True for the school's leads and for moderators of its country.
    """
    return leads(user, school) or moderates(user, school.country.code)


def may_see_colleagues(user, school: "School") -> bool:
    """Return whether the person may list the school's members: its own members and moderators of its country may."""
    belongs = any(b.school_id == school.pk and b.reads for b in access_of(user).belongings)
    return belongs or moderates(user, school.country.code)


def may_see(user, audience: str) -> bool:
    """Return whether the audience includes the person."""
    return audience == Audience.PUBLIC or access_of(user).reads_members_content


def shown_to_everyone(row) -> bool:
    """Return whether the row is public, so that crawlers and shared caches may have it."""
    return row.live and row.audience == Audience.PUBLIC


class AudienceQuerySet(models.QuerySet):
    """Base queryset for models with an `audience` field and a `live` flag. Every list starts from `visible_to`."""

    def in_audience_of(self, user) -> "AudienceQuerySet":
        """Return the rows whose audience includes the person, published or not."""
        if access_of(user).reads_members_content:
            return self.filter(audience__in=Audience.values)
        return self.filter(audience=Audience.PUBLIC)

    def visible_to(self, user) -> "AudienceQuerySet":
        """Return the published rows whose audience includes the person. Models with authors extend it to own drafts."""
        return self.in_audience_of(user).filter(live=True)


View = Callable[..., HttpResponse]


def _declared(audience: str, admits: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Return a decorator that declares a view's audience and answers 404 to everyone else."""

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
# The view looks the object up with `visible_to`: pages, files, feeds.
object_decides = _declared("object", lambda request: True)


def signed_in(view: View) -> View:
    """Redirect signed-out visitors to the sign-in page and back, whether or not the target exists.

    A POST gets a 404 instead, because a redirect would lose its data; the 404 page shows what was typed.
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
    """Return the reason a reader may not contribute, as a sentence; empty if they may."""
    access = access_of(user)
    if access.may_contribute:
        return ""
    if access.suspended and access.is_member:
        return suspension_in_words(access.suspended)
    if access.is_member:
        return _(
            "Your school’s label has expired. You can read until the end of the grace period, but you can’t contribute."
        )
    return _("This is only open to teachers at schools with the eTwinning School Label.")


def suspension_in_words(suspended: Suspended) -> str:
    """Return the end and the reason of the suspension, worded for the suspended person."""
    words = _(
        "A moderator has suspended you from contributing until %(day)s. You can still read in the meantime. "
        "Reason: %(reason)s"
    )
    return words % {"day": date_format(suspended.until), "reason": suspended.reason}


def contributors_only(view: View) -> View:
    """Hide the view from non-members. Raise PermissionDenied, with the reason, for members in grace or suspended."""

    @members_only
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_contribute(request.user):
            raise PermissionDenied(refusal_to_contribute(request.user))
        return view(request, *args, **kwargs)

    guarded.audience = "contributors"
    return guarded
