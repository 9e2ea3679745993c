"""Turning an event into a practice: the content of the draft, and who can use the button."""

import pytest
from django.urls import reverse

from events.models import Material
from groups.practices.models import Practice

from ...events.factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory
from ...groups.factories import SiteDocumentFactory

pytestmark = pytest.mark.django_db


def past_event(**fields):
    return EventPageFactory(
        over=True,
        title="Planning together",
        summary="How three schools plan.",
        pillars=["collaboration"],
        speakers=[("speaker", {"name": "Ada <b>Guest</b>", "role": "Museum"})],
        agenda=[("part", {"minutes": 20, "title": "Mapping", "text": "What do we share?"})],
        **fields,
    )


def test_the_draft_carries_agenda_materials_and_credit(client):
    event = past_event()
    row = RegistrationFactory(event=event, attended_at=event.starts_at)
    slides = Material.objects.create(event=event, title="Slides", document=SiteDocumentFactory(), live=True)
    Material.objects.create(event=event, title="Held", document=SiteDocumentFactory())
    Material.objects.create(event=event, title="Video", url="https://video.example/x", live=True)
    client.force_login(row.user)
    assert "Turn this into a practice draft" in client.get(event.get_absolute_url()).content.decode()

    answers = [client.post(reverse("event_to_practice", args=[event.slug])) for _click in range(2)]

    practice = Practice.objects.get()
    assert {answer["Location"] for answer in answers} == {reverse("practice_edit", args=[practice.pk])}
    assert (practice.author, practice.school, practice.live) == (row.user, row.school, False)
    assert (practice.title, practice.summary) == ("Planning together", "How three schools plan.")
    assert practice.pillars == ["collaboration"]
    assert "<strong>Mapping</strong>: What do we share?" in practice.steps
    assert "“Planning together”" in practice.context
    assert "Ada &lt;b&gt;Guest&lt;/b&gt; (Museum)" in practice.context
    kept = practice.get_latest_revision_as_object().attachments.all()
    assert [(row.document_id, row.title) for row in kept] == [(slides.document_id, "Slides")]
    assert SECRET_ADDRESS not in practice.context + practice.steps


@pytest.mark.parametrize(
    ("fields", "status"),
    [({}, 403), ({"waiting": True}, 403), ({"came": True}, 302), ({"came": True, "school__in_grace": True}, 403)],
)
def test_for_whom_the_button_works(client, fields, status):
    event = past_event()
    came = fields.pop("came", False)
    if fields.get("school__in_grace"):
        fields["school__labelled"] = False
    row = RegistrationFactory(event=event, attended_at=event.starts_at if came else None, **fields)
    client.force_login(row.user)

    assert client.post(reverse("event_to_practice", args=[event.slug])).status_code == status
    shown = "Turn this into a practice draft" in client.get(event.get_absolute_url()).content.decode()
    assert shown == (status == 302)
    assert Practice.objects.exists() == (status == 302)


def test_not_before_the_end(client):
    row = RegistrationFactory(event__running=True)
    row.event.registrations.update(attended_at=row.event.starts_at)
    client.force_login(row.user)
    answer = client.post(reverse("event_to_practice", args=[row.event.slug]))
    assert answer.status_code == 403
    assert "once it’s over" in answer.content.decode()
