"""Template tags of the event page: calendar links, and what follows the event."""

from django import template
from django.template.context import RequestContext

from ..after.feedback import refusal_by_the_clock
from ..calendar.links import calendar_links
from ..models import EventPage, Material, Registration
from ..sections import event_sections

register = template.Library()


@register.inclusion_tag("events/calendar/add.html")
def add_to_calendar(event: EventPage) -> dict:
    """Render calendar links; empty once the event is over or cancelled."""
    return {"event": event, "is_kept": not event.has_ended() and not event.is_cancelled, "links": calendar_links(event)}


@register.inclusion_tag("events/after.html", takes_context=True)
def after_event(
    context: RequestContext, event: EventPage, registration: Registration | None, is_organiser: bool
) -> dict:
    """Render the viewer's organiser link, feedback, certificate, released materials and sections."""
    request = context["request"]
    user = request.user
    if not user.is_authenticated:
        return {"event": event}
    over = event.has_ended()
    attended = over and registration is not None and registration.has_attended
    refusal = refusal_by_the_clock(event) if attended else ""
    return {
        "event": event,
        "is_organiser": is_organiser,
        "attended": attended,
        "earned": attended and registration.has_earned,
        "may_feedback": attended and not refusal,
        "feedback_refusal": refusal,
        # Nothing is handed out before the start, so save the query on the busiest page.
        "materials": Material.objects.visible_to(user).filter(event=event) if event.has_started() else (),
        "sections": event_sections(request, event, attended or is_organiser),
    }
