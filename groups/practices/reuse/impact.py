"""Impact of practices, for their authors and the leads of their school."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.access import access_of, leads

from ..models import Adoption, Practice, ReadCount, SavedPractice
from ..models.querysets import PracticeQuerySet
from .family import made_of

MONTHS = 12
# Columns of the overview, also summed into totals.
NUMBERS = ("readers", "saves_count", "adoptions_count", "adaptations_count")


def may_see_impact(practice: Practice, user) -> bool:
    """Return True if the person wrote the practice or leads its school."""
    return practice.written_for(user) is not None or leads(user, practice.school)


@dataclass(frozen=True)
class Impact:
    """Totals of a published practice, and monthly numbers for the last twelve months."""

    readers: int
    saves: int
    adoptions: list[Adoption]
    # Direct and indirect.
    adaptations: list[Practice]
    # ISO codes, most readers first.
    countries: list[str]
    months: list[str]
    series: list[dict]


def impact_of(practice: Practice, user, today: date | None = None) -> Impact:
    """Return the impact as visible to the person; always four queries."""
    months = _last_months(today or timezone.now().date())
    reads = list(
        ReadCount.objects.filter(practice=practice)
        .annotate(month=TruncMonth("day"))
        .values("month", "country")
        .annotate(readers=Sum("number"))
        .order_by()
    )
    saved = (
        SavedPractice.objects.filter(practice=practice)
        .annotate(month=TruncMonth("created_at"))
        .values("month")
        .annotate(number=Count("pk"))
        .order_by()
    )
    saves = {row["month"].date(): row["number"] for row in saved}
    adoptions = list(Adoption.objects.visible_to(user).filter(practice=practice).for_reading())
    made = made_of(practice, user).select_related("school")
    adaptations = list(made.order_by("-first_published_at").defer(*Practice.TEXTS, "search_text"))

    countries = Counter()
    readers = Counter()
    for row in reads:
        countries[row["country"]] += row["readers"]
        readers[row["month"]] += row["readers"]
    # Schools that adopted or adapted it count as reached, even without counted readers.
    for school in [row.school for row in [*adoptions, *adaptations]]:
        countries[school.country.code] += 1
    del countries[""]
    return Impact(
        readers=sum(readers.values()),
        saves=sum(saves.values()),
        adoptions=adoptions,
        adaptations=adaptations,
        countries=[code for code, number in countries.most_common()],
        months=[date_format(month, "M Y") for month in months],
        series=[
            {"label": label, "values": [counted[month] for month in months]}
            for label, counted in (
                (_("Readers"), readers),
                (_("Saved"), Counter(saves)),
                (_("Tried"), Counter(_months(row.created_at for row in adoptions))),
                (_("Adapted"), Counter(_months(row.first_published_at for row in adaptations))),
            )
        ],
    )


def _last_months(today: date) -> list[date]:
    """Return the first days of the last twelve months including this one, oldest first."""
    count = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(count - MONTHS + 1, count + 1)]


def _months(moments: Iterable) -> Iterable[date]:
    return (timezone.localtime(moment).date().replace(day=1) for moment in moments)


def totals_of(practices: Iterable[Practice]) -> dict[str, int]:
    """Return the sums of NUMBERS over the practices."""
    practices = list(practices)
    return {name: sum(getattr(practice, name) for practice in practices) for name in NUMBERS}


def overview(user) -> PracticeQuerySet:
    """Return published practices whose impact the person may see, with `readers`, most read first; one query."""
    led = access_of(user).led_school_ids
    own = Practice.objects.written_by(user).values("pk")
    counted = ReadCount.objects.filter(practice=OuterRef("pk")).order_by().values("practice")
    readers = Coalesce(Subquery(counted.annotate(readers=Sum("number")).values("readers")), 0)
    practices = Practice.objects.published().filter(Q(pk__in=own) | Q(school__in=led))
    return (
        practices.annotate(readers=readers)
        .select_related("school")
        .defer(*Practice.TEXTS, "search_text")
        .order_by("-readers", "-pk")
    )
