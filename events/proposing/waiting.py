"""Event proposals on the moderators' desk."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from community.models import User
from moderation.waiting import Action, Row, WaitingKind, marked, reason_form, stay

from ..errors import EventsError
from ..models import EventPage, Proposal
from .proposals import accept_proposal, decline_proposal, in_queue_of

DAYS = 7

DeclineForm = reason_form(gettext_lazy("Why? The person who proposed it will see this."))


class WaitingProposals(WaitingKind):
    key = "proposal"
    label = gettext_lazy("Proposed event")
    icon = "calendar-alt"
    template = "events/desk/proposal.html"
    errors = (EventsError,)

    def waiting(self, user: User) -> QuerySet:
        waiting = in_queue_of(user).waiting()
        return marked(waiting, since=F("created_at"), days=DAYS, country=F("school__country"), language=F("language"))

    def rows(self, user: User, keys: list[int]) -> dict[int, Row]:
        proposals = Proposal.objects.filter(pk__in=keys).select_related("school")
        return {
            row.pk: Row(row.title, row.school.name, row.get_kind_display(), language=row.language) for row in proposals
        }

    def find(self, user: User, key: int) -> Proposal | None:
        return self.waiting(user).select_related("school", "proposer").filter(pk=key).first()

    def actions(self, user: User, thing: Proposal) -> list[Action]:
        published = gettext_lazy(
            "Accepted and published. The person who proposed it is now the organiser and has been told."
        )
        drafted = gettext_lazy(
            "Accepted as a draft. The person who proposed it has been told. Complete it under Events."
        )
        declined = gettext_lazy("Declined. The person who proposed it has been told why.")
        return [
            Action("publish", gettext_lazy("Accept and publish"), published, _publish),
            Action("draft", gettext_lazy("Accept as a draft"), drafted, _draft, tone="button-secondary"),
            Action("decline", gettext_lazy("Decline"), declined, _decline, DeclineForm, tone="serious"),
        ]

    def context(self, user: User, thing: Proposal) -> dict:
        return {"rivals": EventPage.objects.overlapping(thing.starts_at, thing.ends_at).without_texts()}

    def person(self, thing: Proposal) -> User | None:
        return thing.proposer

    def stays(self, user: User) -> list[QuerySet]:
        return [stay(in_queue_of(user), came=F("created_at"), left=F("decided_at"), country=F("school__country"))]


def _publish(proposal: Proposal, by: User) -> None:
    accept_proposal(proposal=proposal, by=by, publish=True)


def _draft(proposal: Proposal, by: User) -> None:
    accept_proposal(proposal=proposal, by=by, publish=False)


def _decline(proposal: Proposal, by: User, reason: str) -> None:
    decline_proposal(proposal=proposal, by=by, reason=reason)
