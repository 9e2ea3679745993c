"""Everything the access policy needs to know about a person, read in one query and cached for one request at most."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy

from ..choices import OrganisationKind, Role, Standing

if TYPE_CHECKING:
    # The models import the policy.
    from ..models import User

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

    def moderates(self, country: str) -> bool:
        """Return whether the person moderates the schools of this country (ISO 3166 alpha-2)."""
        return self.moderates_all or country in self.moderated_countries

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


class Fact(NamedTuple):
    """A row of the query behind `Access`: a school, an organisation or a suspension. The others' columns are empty."""

    kind: str
    school_id: int | None
    school_name: str
    school_slug: str
    country: str
    role: str
    standing: str
    organisation: str
    countries: str
    until: str
    reason: str


def _facts(kind: str, rows: QuerySet, **columns: str | Cast) -> QuerySet:
    """Select the columns of `Fact`, in their order, so that the kinds can be combined into one query."""
    empty = {name: Value("", CharField()) for name in Fact._fields} | {"school_id": Value(None, BigIntegerField())}
    own = {name: F(column) if isinstance(column, str) else column for name, column in columns.items()}
    return rows.order_by().values_list(*(empty | own | {"kind": Value(kind, CharField())}).values())


def read_access(user: "User | AnonymousUser", at: date | None = None) -> Access:
    """Read a person's access from the database, bypassing the cache. One query, two for moderators."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    schools = _facts(
        "school",
        user.memberships.active().with_standing(at),
        school_id="school_id",
        school_name="school__name",
        school_slug="school__slug",
        country=Cast("school__country", CharField()),
        role="role",
        standing="standing",
    )
    organisations = _facts(
        "organisation",
        user.moderated_organisations.all(),
        organisation="kind",
        countries=Cast("countries", CharField()),
    )
    suspensions = _facts("suspension", user.sanctions.running(at), until=Cast("until", CharField()), reason="reason")
    belongings, countries, everywhere, suspended = [], set(), user.is_superuser, None
    for fact in map(Fact._make, schools.union(organisations, suspensions, all=True)):
        if fact.kind == "school":
            belongings.append(
                Belonging(
                    school_id=fact.school_id,
                    school_name=fact.school_name,
                    school_slug=fact.school_slug,
                    country=fact.country,
                    role=fact.role,
                    standing=fact.standing,
                )
            )
        elif fact.kind == "suspension":
            suspended = Suspended(date.fromisoformat(fact.until), fact.reason)
        elif fact.organisation == OrganisationKind.CENTRAL:
            everywhere = True
        else:
            countries.update(filter(None, fact.countries.split(",")))
    appointed = everywhere or bool(countries)
    if appointed and settings.REQUIRE_MODERATOR_SECOND_FACTOR and not has_second_factor(user):
        return Access(tuple(belongings), lacks_second_factor=True, suspended=suspended)
    return Access(tuple(belongings), everywhere, frozenset(countries), suspended=suspended)


def has_second_factor(user: "User") -> bool:
    """Return whether the person has an authenticator app or a security key. Recovery codes alone don't count."""
    return user.authenticator_set.exclude(type="recovery_codes").exists()


def access_of(user: "User | AnonymousUser", at: date | None = None) -> Access:
    """Return the person's access, cached for the request. AccessMiddleware puts the cache on the request's user."""
    memory = getattr(user, "access_memory", None)
    if at is not None or memory is None:
        return read_access(user, at)
    if "access" not in memory:
        memory["access"] = read_access(user)
    return memory["access"]
