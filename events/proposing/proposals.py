"""Proposals by members, and the moderators' decisions."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain, count
from typing import Any

from anyascii import anyascii
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from community.access import acts_for, moderated_rows, moderates
from community.models import School, User
from community.moderators import moderators_of
from moderation.waiting import address_on_desk
from notifications.delivery import notify

from ..errors import EventsError
from ..models import Decision, EventIndexPage, EventPage, Proposal

AS_TYPED = ("title", "summary", "kind", "language", "pillars", "starts_at", "ends_at", "time_zone", "capacity")
MOST_WAITING = 5
ACCEPTED, DECLINED = "events.accept_proposal", "events.decline_proposal"


def propose(*, by, school: School, **fields: Any) -> Proposal:
    """Save the proposal and tell the moderators of the school's country.

    Raises EventsError if `by` may not act for the school or has MOST_WAITING undecided proposals.
    """
    with transaction.atomic():
        if not acts_for(by, school):
            raise EventsError(_("You can’t propose events for this school."))
        if Proposal.objects.of(by).waiting().count() >= MOST_WAITING:
            raise EventsError(_("Your earlier proposals are still waiting. A moderator needs to answer them first."))
        proposal = Proposal.objects.create(proposer=by, school=school, **fields)
        on_desk = partial(address_on_desk, "proposal", proposal.pk)
        _tell(moderators_of(school), "proposal_made", proposal, on_desk)
    return proposal


def withdraw(*, proposal: Proposal, by) -> None:
    """Withdraw the person's own proposal. Idempotent. Raises EventsError after a decision."""
    with transaction.atomic():
        proposal = _locked(proposal)
        if proposal.proposer_id != by.pk:
            raise EventsError(_("Only the person who proposed this event can withdraw it."))
        if proposal.decision == Decision.WITHDRAWN:
            return
        _must_wait(proposal)
        _decide(proposal, Decision.WITHDRAWN, by)


def accept_proposal(*, proposal: Proposal, by, publish: bool) -> EventPage:
    """Create the proposed event, published or as a draft, with the proposer as organiser; tell them.

    Idempotent: repeating returns the same event. Raises EventsError after a different decision, if `by` may not decide,
    or when publishing a proposal whose start has passed.
    """
    with transaction.atomic():
        proposal = _locked(proposal)
        _must_moderate(proposal, by)
        if proposal.event_id:
            return proposal.event
        _must_wait(proposal)
        if publish and proposal.starts_at <= timezone.now():
            raise EventsError(_("The proposed time has passed. Accept it as a draft and set another time."))
        event = EventPage(
            **{name: getattr(proposal, name) for name in AS_TYPED},
            slug=_free_slug(proposal.title),
            body=linebreaks(proposal.text, autoescape=True),
            speakers=[("member", {"person": proposal.proposer, "role": proposal.school.name})],
            owner=proposal.proposer,
            live=False,
        )
        EventIndexPage.objects.get().add_child(instance=event)
        event.organisers.add(proposal.proposer)
        revision = event.save_revision(user=by)
        if publish:
            event.publish(revision, user=by, skip_permission_checks=True)
        proposal.event = event
        _decide(proposal, Decision.ACCEPTED, by)
        log(instance=proposal, action=ACCEPTED, user=by)
        _tell([proposal.proposer], "proposal_accepted", proposal, _own_page(proposal), is_published=publish)
    return event


def decline_proposal(*, proposal: Proposal, by, reason: str) -> None:
    """Decline with a reason and tell the proposer. Idempotent.

    Raises EventsError without a reason, after a different decision, or if `by` may not decide.
    """
    with transaction.atomic():
        proposal = _locked(proposal)
        _must_moderate(proposal, by)
        if proposal.decision == Decision.DECLINED:
            return
        _must_wait(proposal)
        if not reason.strip():
            raise EventsError(_("Explain why. The person who proposed it will see this."))
        _decide(proposal, Decision.DECLINED, by, reason.strip())
        log(instance=proposal, action=DECLINED, user=by, data={"reason": proposal.reason})
        _tell([proposal.proposer], "proposal_declined", proposal, _own_page(proposal))


def in_queue_of(user) -> QuerySet[Proposal]:
    """Return the proposals the person may decide: those from schools of their countries."""
    return Proposal.objects.filter(moderated_rows(user))


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("proposer", "school", "event")
    return rows.get(pk=proposal.pk)


def _must_moderate(proposal: Proposal, by) -> None:
    if not moderates(by, proposal.school.country.code):
        raise EventsError(_("Moderators for the school’s country make this decision."))


def _must_wait(proposal: Proposal) -> None:
    if not proposal.is_waiting:
        words = _("This proposal has already been decided: %(decision)s.")
        raise EventsError(words % {"decision": proposal.get_decision_display()})


def _decide(proposal: Proposal, decision: Decision, by, reason: str = "") -> None:
    proposal.decision = decision
    proposal.reason = reason
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    proposal.save()


def _free_slug(title: str) -> str:
    slug = slugify(anyascii(title))[:200] or "event"
    taken = set(EventPage.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in chain([slug], (f"{slug}-{n}" for n in count(2))) if name not in taken)


def _own_page(proposal: Proposal) -> Callable[[], str]:
    return partial(reverse, "event_proposal", args=[proposal.pk])


def _tell(people: Iterable[User], message: str, proposal: Proposal, url: Callable[[], str], **context: Any) -> None:
    notify(
        recipients=people,
        message=f"events/{message}",
        context={"proposal": proposal, **context},
        url=url,
        key=f"proposal-{proposal.pk}-{message}",
    )
