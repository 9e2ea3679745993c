"""What stands around an event on its page: ways into a calendar, and what comes after it."""

from django import template
from django.template.context import RequestContext

from ..calendar.links import calendar_links
from ..feedback.giving import refusal_to_feedback
from ..models import EventPage, Material, Registration
from ..organising import organises
from ..sections import event_sections

register = template.Library()


@register.inclusion_tag("events/calendar/add.html")
def add_to_calendar(event: EventPage) -> dict:
    """Ways to keep the event in a calendar; nothing once it is over or called off."""
    return {"event": event, "is_kept": not event.has_ended() and not event.is_cancelled, "links": calendar_links(event)}


@register.inclusion_tag("events/after.html", takes_context=True)
def after_event(context: RequestContext, event: EventPage, registration: Registration | None) -> dict:
    """What is there for the person who looks: the organiser's page, feedback and certificate, released materials."""
    request = context["request"]
    user = request.user
    if not user.is_authenticated:
        return {"event": event}
    attended = bool(registration and registration.is_confirmed and registration.attended_at)
    over = event.has_ended()
    refusal = refusal_to_feedback(event=event, by=user) if attended and over else ""
    return {
        "event": event,
        "is_organiser": organises(user, event),
        "attended": attended and over,
        "earned": attended and over and Registration.objects.earned().filter(pk=registration.pk).exists(),
        "may_feedback": attended and over and not refusal,
        "feedback_refusal": refusal,
        # Before the start there is nothing to hand out, and the page of a coming event is the one that many open.
        "materials": Material.objects.visible_to(user).filter(event=event) if event.has_started() else (),
        "sections": [part for section in event_sections if (part := section(request, event))],
    }
