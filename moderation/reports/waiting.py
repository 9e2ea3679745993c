"""Reports on the moderators' desk. A thing is listed once, however many people reported it."""

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.models import User

from ..errors import ModerationError
from ..hiding.hiding import hide
from ..models import Hideable, Report
from ..reportable import label_of, reportable_of, things_of
from ..waiting import Action, Row, WaitingKind, marked, reason_form, stay
from .settling import keep, open_reports

DAYS = 3

HideForm = reason_form(gettext_lazy("Why? The author will see this."))


class WaitingReports(WaitingKind):
    key = "report"
    label = gettext_lazy("Report from a member")
    icon = "warning"
    template = "moderation/desk/report.html"
    title_is_its_words = True
    errors = (ModerationError,)

    def waiting(self, user: User) -> QuerySet:
        earlier = Report.objects.unsettled().filter(
            kind=OuterRef("kind"), about_id=OuterRef("about_id"), pk__lt=OuterRef("pk")
        )
        first = open_reports(user).exclude(Exists(earlier))
        return marked(first, since=F("created_at"), days=DAYS, country=F("country"))

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        reports = list(Report.objects.filter(pk__in=keys))
        things = things_of(reports, user)
        about = Report.objects.unsettled().filter(about_id__in=[report.about_id for report in reports])
        counted = {
            (kind, about_id): number
            for kind, about_id, number in about.order_by().values_list("kind", "about_id").annotate(Count("pk"))
        }
        found = {}
        for report in reports:
            key = (report.kind, report.about_id)
            thing, number = things.get(key), counted.get(key)
            if not number:
                # Settled meanwhile.
                continue
            words = reportable_of(thing).words(thing) if thing else _("This is no longer on the site.")
            found[report.pk] = Row(
                title=Truncator(words).chars(90),
                school=thing.school.name if thing and thing.school else "",
                asked=ngettext("%(kind)s, reported once", "%(kind)s, reported %(number)d times", number)
                % {"kind": label_of(report.kind), "number": number},
            )
        return found

    def find(self, user: User, key: int) -> Report | None:
        """Return the report, with its thing as `reported`, which is None if that no longer exists."""
        report = super().find(user, key)
        if report:
            report.reported = _reported(report, user)
        return report

    def actions(self, user: User, thing: Report) -> list[Action]:
        keeping = Action("keep", gettext_lazy("Keep it"), gettext_lazy("Dealt with. It will stay on the site."), _keep)
        if thing.reported is None:
            return [keeping]
        hidden = gettext_lazy("Hidden. The author has been told why.")
        return [keeping, Action("hide", gettext_lazy("Hide it"), hidden, _hide, HideForm, tone="serious")]

    def context(self, user: User, thing: Report) -> dict:
        reported = thing.reported
        kind = reportable_of(reported) if reported else None
        return {
            "reported": reported,
            "words": kind.words(reported) if kind else "",
            "href": kind.address(reported) if kind else "",
            "reports": Report.objects.about(thing.kind, thing.about_id).unsettled().select_related("reporter"),
        }

    def person(self, thing: Report) -> User | None:
        return thing.reported.author if thing.reported else None

    def stays(self, user: User) -> list[QuerySet]:
        reports = Report.objects.in_countries_of(user)
        return [stay(reports, came=F("created_at"), left=F("settled_at"), country=F("country"))]


def _reported(report: Report, user: User) -> Hideable | None:
    return things_of([report], user).get((report.kind, report.about_id))


def _keep(report: Report, by: User) -> None:
    keep(report=report, by=by)


def _hide(report: Report, by: User, reason: str) -> None:
    thing = _reported(report, by)
    if thing is None:
        raise ModerationError(_("This is no longer on the site."))
    hide(thing=thing, by=by, reason=reason)
