"""Turning an event into a practice: a draft with the agenda, the materials and the credits.

Events and practices live on the same floor and do not import each other, so this lives above both.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from community.access import access_of, contributors_only
from events.models import EventPage, Registration
from events.organising import organises
from groups.practices.errors import PracticesError
from groups.practices.models import Practice, PracticeAttachment
from groups.practices.writing.drafts import save_draft


def refusal_to_draft(event: EventPage, by) -> str:
    """Return why the person cannot turn the event into a practice, or '' if they attended or organised it."""
    if reason := refusal_without_asking(event, by):
        return reason
    took_part = Registration.objects.of(by).attended().filter(event=event).exists()
    if not took_part and not organises(by, event):
        return _("You can only turn the event into a practice if you took part.")
    return ""


def refusal_without_asking(event: EventPage, by) -> str:
    """Return the reasons of `refusal_to_draft` that need no query."""
    if not event.has_ended():
        return _("You can turn the event into a practice once it’s over.")
    if not access_of(by).may_contribute:
        return _("To write a practice, you need to be a teacher at a school with the eTwinning School Label.")
    return ""


def draft_from(*, event: EventPage, by) -> Practice:
    """Create a draft practice from the event. Idempotent: asking again returns the same draft.

    Raises PracticesError with the reason if the person may not.
    """
    if reason := refusal_to_draft(event, by):
        raise PracticesError(reason)
    token = uuid.uuid5(uuid.NAMESPACE_URL, f"event-{event.pk}-person-{by.pk}")
    with transaction.atomic():
        earlier = Practice.objects.filter(author=by, token=token).first()
        if earlier is not None:
            return earlier
        return save_draft(practice=_draft(event, by, token), by=by)


def _draft(event: EventPage, by, token: uuid.UUID) -> Practice:
    own = Registration.objects.of(by).filter(event=event).values_list("school_id", flat=True).first()
    schools = access_of(by).contributing_school_ids
    speakers = event.speakers_by_name()
    # The texts go into the practice, so they are in its language.
    with translation.override(event.language if translation.check_for_language(event.language) else "en"):
        texts = {
            name: render_to_string(f"home/event_practice/{name}.html", {"event": event, "speakers": speakers})
            for name in ("context", "steps")
        }
    practice = Practice(
        author=by,
        school_id=own if own in schools else schools[0],
        token=token,
        title=event.title[:200],
        summary=event.summary,
        language=event.language,
        pillars=event.pillars,
        activity_languages=list(dict.fromkeys([event.language, *event.other_languages])),
        **texts,
    )
    files = event.materials.filter(live=True, is_recording=False).exclude(document=None).select_related("document")
    practice.attachments = [
        PracticeAttachment(document=row.document, title=row.title[:150], sort_order=number)
        for number, row in enumerate(files[:6])
    ]
    return practice


@contributors_only
def event_to_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Create the draft and open it in the editor."""
    event = get_object_or_404(EventPage.objects.visible_to(request.user), slug=slug)
    if reason := refusal_to_draft(event, request.user):
        raise PermissionDenied(reason)
    if request.method != "POST":
        return redirect(event)
    try:
        practice = draft_from(event=event, by=request.user)
    except PracticesError as error:
        messages.error(request, str(error))
        return redirect(event)
    messages.success(
        request, _("Here’s your draft. We’ve filled in details from the event. Now describe what your school did.")
    )
    return redirect("practice_edit", practice.pk)


def practice_section(request: HttpRequest, event: EventPage, was_there: bool) -> str:
    """Render the button on the event page for people who can use it."""
    if not was_there or refusal_without_asking(event, request.user):
        return ""
    # Rendered without the request, whose context processors would repeat the queries of the navigation.
    return render_to_string("home/event_practice/button.html", {"event": event, "csrf_token": get_token(request)})
