"""“Our school tried this”: adoption reports, published at once and moderated afterwards."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import access_of, refusal_to_contribute
from community.models import School
from notifications.delivery import notify

from ..errors import RefusedError
from ..models import Adoption, AdoptionPicture, Practice

TAKEN_BACK = "groups.withdraw_adoption"


def schools_that_may_report(practice: Practice, by) -> list[int]:
    """Return the schools the person may report for: those they write for, except its authors'."""
    involved = practice.involved_school_ids()
    return [pk for pk in access_of(by).contributing_school_ids if pk not in involved]


def refusal_to_report(practice: Practice, by) -> str:
    """Return the reason the person can't report an adoption; empty if they can."""
    if not practice.live:
        return _("This practice is no longer on the site.")
    if reason := refusal_to_contribute(by):
        return reason
    if not schools_that_may_report(practice, by):
        return _("This is your own school’s practice. Other schools’ reports will appear here.")
    return ""


@transaction.atomic
def report_adoption(
    *, practice: Practice, by, school_id: int, texts: Mapping[str, str], pictures: Sequence[Mapping] = ()
) -> Adoption:
    """Create or update the school's adoption report. The authors are notified of the first version only.

    `texts` has the fields context, changes, outcome and again; `pictures` has rows of image and alt. Raises
    RefusedError for schools the person doesn't write for, authors' schools, and reports hidden by a moderator.
    """
    row = Practice.objects.select_for_update().get(pk=practice.pk)
    if reason := refusal_to_report(row, by):
        raise RefusedError(reason)
    if school_id not in schools_that_may_report(row, by):
        raise RefusedError(_("You can’t report for this school."))
    report = Adoption.objects.filter(practice=row, school=school_id).first()
    is_new = report is None
    if is_new:
        report = Adoption(practice=row, school_id=school_id)
    elif report.is_hidden_by_moderator:
        raise RefusedError(
            _("A moderator has hidden your school’s report. If you think this is a mistake, write to them.")
        )
    for name in ("context", "changes", "outcome", "again"):
        setattr(report, name, texts[name])
    report.author, report.live, report.updated_at = by, True, timezone.now()
    report.pictures.set(
        [
            AdoptionPicture(image=picture["image"], alt=picture["alt"], sort_order=number)
            for number, picture in enumerate(pictures)
        ]
    )
    report.save()
    count_adoptions(row)
    if is_new:
        _tell_authors(report, by)
    return report


@transaction.atomic
def withdraw_adoption(*, report: Adoption, by) -> None:
    """Withdraw one's own school's report. Reporting again restores it. Idempotent; raises RefusedError."""
    practice = lock_practice_of(report)
    row = Adoption.objects.get(pk=report.pk)
    if row.school_id not in access_of(by).contributing_school_ids:
        raise RefusedError(_("Only teachers at this school can withdraw its report."))
    if row.live:
        Adoption.objects.filter(pk=row.pk).update(live=False)
        count_adoptions(practice)
        log(instance=row, action=TAKEN_BACK, user=by)


def lock_practice_of(report: Adoption) -> Practice:
    """Lock and return the practice, because its count changes with the report."""
    return Practice.objects.select_for_update().get(pk=report.practice_id)


def count_adoptions(practice: Practice) -> None:
    """Recount the reports from scratch, which also repairs earlier miscounts."""
    counted = Adoption.objects.shown().filter(practice=OuterRef("pk")).order_by().values("practice")
    Practice.objects.filter(pk=practice.pk).update(
        adoptions_count=Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0),
        changed_at=timezone.now(),
    )


def _tell_authors(report: Adoption, by) -> None:
    school = School.objects.get(pk=report.school_id)
    _notify(
        [author for author in report.practice.authors() if author.pk != by.pk],
        "adoption_report",
        report.practice,
        {"school": school, "report": report},
        key=f"adoption_report:{report.pk}",
    )


def _notify(people, message: str, practice: Practice, context: dict, key: str) -> None:
    notify(
        recipients=people,
        message=f"practices/{message}",
        context={"practice": practice, **context},
        url=practice.get_absolute_url,
        key=key,
        about=practice,
    )
