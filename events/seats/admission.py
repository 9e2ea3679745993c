"""Admission to an event by membership or invitation. Times and capacity are in registration.py and places.py."""

from django.db.models import Value
from django.utils.translation import gettext as _

from community.access import Belonging, access_of, may_see

from ..models.kinds import Admits
from ..models.pages import EventPage
from ..models.registrations import Window

# Invites the person for every school of theirs.
EVERY_SCHOOL = 0

WINDOW_REFUSALS = {
    Window.CANCELLED: lambda: _("The event has been cancelled."),
    Window.NOT_YET: lambda: _("Registration hasn’t opened yet."),
    Window.OPEN: lambda: "",
    Window.CLOSED: lambda: _("Registration is closed."),
    Window.OVER: lambda: _("The event is over."),
}


def is_there(event: "EventPage", by) -> bool:
    """Return whether the event exists for the person."""
    return event.live and may_see(by, event.audience)


def belongings_for(event: "EventPage", by) -> list[Belonging]:
    """Return the schools the person may register for; costs a query only if the event is by invitation.

    RegistrationQuerySet.admitted_to is the same rule for many people.
    """
    access = access_of(by)
    if event.admits == Admits.LABELLED:
        return access.labelled
    reading = [belonging for belonging in access.belongings if belonging.reads]
    if event.admits == Admits.GRACE or not reading:
        return reading
    schools = event.invited_schools.through.objects.filter(
        eventpage=event.pk, school__in=[belonging.school_id for belonging in reading]
    )
    person = event.invited_people.through.objects.filter(eventpage=event.pk, user=by.pk)
    invited = schools.values_list("school").union(person.values_list(Value(EVERY_SCHOOL)))
    numbers = {number for (number,) in invited}
    return [belonging for belonging in reading if {belonging.school_id, EVERY_SCHOOL} & numbers]


def refusal_to_admit(event: "EventPage", by, belongings: list[Belonging] | None = None) -> str:
    """Return why the event never admits the person, as a sentence for them; '' if it may.

    `belongings` are the person's for the event, if the caller already has them.
    """
    if not is_there(event, by):
        return _("We can’t find this event.")
    if not access_of(by).is_member:
        return _("Places are reserved for teachers at schools with the eTwinning School Label.")
    if not (belongings_for(event, by) if belongings is None else belongings):
        if event.admits == Admits.INVITED:
            return _("This event is by invitation. Only people and schools chosen by the organisers can register.")
        return _("Your school’s label has expired, so you can read about events but not register for them.")
    return ""


def refusal(*, event: "EventPage", by, belongings: list[Belonging] | None = None) -> str:
    """Return why the person cannot register for the event now, as a sentence for them; '' if they can."""
    return refusal_to_admit(event, by, belongings) or WINDOW_REFUSALS[event.window()]()
