"""Changes to an event that people may have registered for: capacity, time, cancellation."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..errors import EventsError
from ..models.offers import Outcome
from ..models.pages import EventPage
from ..models.planning import Cancellation
from ..models.registrations import Registration, State
from ..organising import organises
from ..seats.places import end_offer, fill, settle
from ..tasks import tell_changes


def change_capacity(*, event: "EventPage", by, capacity: int | None) -> list[Registration]:
    """Set the capacity (None: no limit) and hand out new places; return the registrations given or offered one.

    Raises EventsError if `by` doesn't organise the event or if more people hold a place or an offer: none may lose
    theirs.
    """
    with transaction.atomic():
        event = event.for_update()
        _only_for_organisers(event, by)
        settle(event)
        taken = event.places_taken()
        if capacity is not None and capacity < taken:
            raise EventsError(refusal_of_fewer_places(taken))
        change(event, by, capacity=capacity)
        return fill(event)


def refusal_of_fewer_places(taken: int) -> str:
    """Return the sentence that refuses a capacity below the number of places taken."""
    return _("%(taken)d people already have a place, so there can’t be fewer places than that.") % {"taken": taken}


def change(event: "EventPage", by, **fields: Any) -> None:
    """Change fields of both the published event and its draft, so that neither overwrites the other later."""
    page = type(event).objects.get(pk=event.pk)
    if page.live and not page.has_unpublished_changes:
        _set(page, fields)
        # The caller has checked that `by` organises the event; admin permissions aren't required.
        page.publish(page.save_revision(user=by, clean=False), user=by, skip_permission_checks=True)
    else:
        draft = page.get_latest_revision_as_object()
        _set(draft, fields)
        draft.save_revision(user=by, clean=False)
        type(event).objects.filter(pk=event.pk).update(**fields)
    _set(event, fields)


def _set(page: "EventPage", fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(page, name, value)


def cancel_event(*, event: "EventPage", by, reason: str) -> Cancellation:
    """Cancel the event. Registrations stay on record, open offers end; everyone is told once, after the commit.

    Idempotent: the first reason is kept. Raises EventsError if the event is over, without a reason, or if `by` doesn't
    organise it.
    """
    with transaction.atomic():
        event = event.for_update()
        _only_for_organisers(event, by)
        if event.is_cancelled:
            return event.cancellation
        if event.has_ended():
            raise EventsError(_("The event is over."))
        if not reason.strip():
            raise EventsError(_("Tell people why you’re cancelling the event."))
        cancellation = Cancellation.objects.create(event=event, reason=reason.strip(), cancelled_by=by)
        for registration in Registration.objects.offered().filter(event_id=event.pk):
            end_offer(registration, Outcome.WITHDRAWN)
            registration.state, registration.seat, registration.offer_expires_at = State.WAITING, None, None
            registration.save(update_fields=["state", "seat", "offer_expires_at"])
        log(instance=event, action="events.cancel_event", user=by, data={"reason": cancellation.reason})
        transaction.on_commit(partial(tell_changes.enqueue, event.pk))
    return cancellation


def _only_for_organisers(event: "EventPage", by) -> None:
    if not organises(by, event):
        raise EventsError(_("Only the event’s organisers can do this."))
