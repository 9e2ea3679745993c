"""Throughput and waiting times per kind and week, from one query."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median

from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.models import User

from ..waiting import WaitingKind, kinds

WEEKS = 12
# Upper bounds in days of the age groups of waiting items; the last group is open-ended.
AGES = (3, 7, 14, 30)


@dataclass
class Figures:
    """Figures of a kind, a week or both: items that arrived, and the days each settled item had waited."""

    came: int = 0
    took: list[float] = field(default_factory=list)

    @property
    def settled(self) -> int:
        return len(self.took)

    @property
    def median(self) -> float | None:
        """Median waiting time in days; None if nothing was settled."""
        return median(self.took) if self.took else None

    @property
    def ninety(self) -> float | None:
        """Days within which 90% were settled (nearest rank); None if nothing was settled."""
        if not self.took:
            return None
        return sorted(self.took)[-(-len(self.took) * 9 // 10) - 1]


@dataclass
class Report:
    """Weekly figures, and the ages in days of the items waiting now."""

    mondays: list[date]
    kinds: dict[str, Promise]
    by_week: dict[tuple[str, date], Figures] = field(default_factory=lambda: defaultdict(Figures))
    waiting: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def of(self, *, kind: str = "", week: date | None = None) -> Figures:
        """Add up the figures of one kind or all, in one week or all."""
        total = Figures()
        for (of_kind, monday), figures in self.by_week.items():
            if kind in ("", of_kind) and week in (None, monday):
                total.came += figures.came
                total.took += figures.took
        return total

    def waiting_by_age(self, kind: str = "") -> list[tuple[str, int]]:
        """Count the waiting items in each age group, with its label."""
        days = [age for of_kind, ages in self.waiting.items() if kind in ("", of_kind) for age in ages]
        found, below = [], 0
        for end in AGES:
            words = _("less than %(end)d days") if not below else _("%(below)d to %(end)d days")
            found.append((words % {"below": below, "end": end}, sum(below <= age < end for age in days)))
            below = end
        label = ngettext("%(days)d day or more", "%(days)d days or more", below) % {"days": below}
        return [*found, (label, sum(age >= below for age in days))]

    def number_waiting(self, kind: str = "") -> int:
        return sum(number for _label, number in self.waiting_by_age(kind))

    @property
    def is_empty(self) -> bool:
        return not self.by_week and not self.waiting


def monday_of(moment: datetime) -> date:
    day = timezone.localtime(moment).date()
    return day - timedelta(days=day.weekday())


def report_for(user: User, *, country: str = "", at: datetime | None = None, weeks: int = WEEKS) -> Report:
    """Report on the weeks up to `at`, for everything the moderator oversees or for one country."""
    at = at or timezone.now()
    mondays = [monday_of(at) - timedelta(weeks=number) for number in reversed(range(weeks))]
    begin = timezone.make_aware(datetime.combine(mondays[0], time()))
    known = kinds()
    report = Report(mondays, {kind.key: kind.label for kind in known})
    for kind, came, left in _stays(user, known, country, begin, at):
        if begin <= came <= at:
            report.by_week[kind, monday_of(came)].came += 1
        if left is None or left > at:
            report.waiting[kind].append((at - came).days)
        elif left >= begin:
            report.by_week[kind, monday_of(left)].took.append(max(0.0, (left - came) / timedelta(days=1)))
    return report


def _stays(user: User, known: list[WaitingKind], country: str, begin: datetime, at: datetime) -> QuerySet:
    branches = []
    for kind in known:
        for stays in kind.stays(user):
            rows = stays.filter(Q(left=None) | Q(left__gte=begin) | Q(came__gte=begin), came__lte=at)
            if country:
                rows = rows.filter(stay_country=country)
            branches.append(rows.annotate(of_kind=Value(kind.key, CharField())).values_list("of_kind", "came", "left"))
    first, *others = branches
    return first.union(*others, all=True)
