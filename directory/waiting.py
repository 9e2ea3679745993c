"""School page items on the moderators' desk."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import User
from moderation.waiting import Action, Row, Trace, WaitingKind, marked, reason_form, stay

from .errors import DirectoryError
from .models import Kind, ProfileItem, Status
from .review import approve, refuse

DAYS = 7

RefuseForm = reason_form(
    gettext_lazy("Why? The school leads will see this."), ProfileItem._meta.get_field("reason").max_length
)


class WaitingItems(WaitingKind):
    key = "school"
    label = gettext_lazy("School page")
    icon = "view"
    template = "directory/desk/item.html"
    errors = (DirectoryError,)

    def waiting(self, user: User) -> QuerySet:
        items = ProfileItem.objects.waiting().in_countries_of(user)
        language = Coalesce(F("school__profile__language"), Value(""))
        return marked(items, since=F("offered_at"), days=DAYS, country=F("school__country"), language=language)

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        items = ProfileItem.objects.filter(pk__in=keys).select_related("school")
        return {
            item.pk: Row(title=item.alt or item.url, school=item.school.name, asked=item.get_kind_display())
            for item in items
        }

    def find(self, user: User, key: int) -> ProfileItem | None:
        waiting = self.waiting(user).select_related("school", "offered_by").with_pictures()
        return waiting.filter(pk=key).first()

    def actions(self, user: User, thing: ProfileItem) -> list[Action]:
        through = gettext_lazy("It’s now on the school’s page.")
        refused = gettext_lazy("Declined. The school leads have been told why.")
        return [
            Action("approve", gettext_lazy("Approve"), through, _approve),
            Action("refuse", gettext_lazy("Decline"), refused, _refuse, RefuseForm, tone="serious"),
        ]

    def context(self, user: User, thing: ProfileItem) -> dict:
        if thing.kind != Kind.LOGO:
            return {}
        shown = ProfileItem.objects.shown().filter(kind=Kind.LOGO, school=thing.school_id)
        return {"before": shown.with_pictures().first()}

    def person(self, thing: ProfileItem) -> User | None:
        return thing.offered_by

    def stays(self, user: User) -> list[QuerySet]:
        # Items withdrawn before a decision never needed a moderator.
        items = ProfileItem.objects.in_countries_of(user).exclude(status=Status.ENDED, decided_at=None)
        return [stay(items, came=F("offered_at"), left=F("decided_at"), country=F("school__country"))]


def refused_of(moderator: User, person: User) -> list[Trace]:
    """Return the person's items that were refused or taken off."""
    refused = ProfileItem.objects.in_countries_of(moderator).filter(status=Status.REFUSED, offered_by=person)
    return [
        Trace(
            when=item.decided_at,
            what=_("Declined for the school’s page"),
            words=item.alt or item.url,
            reason=item.reason,
            url=item.school.get_absolute_url(),
        )
        for item in refused.select_related("school")
    ]


def _approve(item: ProfileItem, by: User) -> None:
    approve(item=item, by=by)


def _refuse(item: ProfileItem, by: User, reason: str) -> None:
    refuse(item=item, by=by, reason=reason)
