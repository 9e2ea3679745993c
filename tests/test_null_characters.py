"""PostgreSQL rejects null characters, so they are removed where no Django form does it."""

import pytest
from django.test import Client
from django.urls import reverse

from community.moderators import moderators_group

from .world import World

pytestmark = pytest.mark.django_db
TYPED = "Looked\x00 at."


def test_reasons_and_notes_are_kept_without():
    world = World()
    people = world.personas
    people.moderator.groups.add(moderators_group())

    def post(person, name: str, *args, **sent) -> int:
        client = Client()
        client.force_login(person)
        return client.post(reverse(name, args=args), sent).status_code

    assert post(people.moderator, "school_pages:refuse", world.school_waits.pk, reason=TYPED) == 302
    assert post(people.moderator, "school_pages:take_off", world.school_picture.pk, reason=TYPED) == 302
    assert post(people.moderator, "adoption_hide", world.members.pk, world.report.pk, reason=TYPED) == 302
    place = (world.past_event.slug, world.held_back.pk)
    assert post(people.moderator, "event_organise_material", *place, do="release", consent=TYPED) == 302
    assert post(people.member, "follow", school="\x00") == 404

    for thing in (world.school_waits, world.school_picture, world.report, world.held_back):
        thing.refresh_from_db()
    kept = (world.school_waits.reason, world.school_picture.reason, world.report.hidden_reason, world.held_back.consent)
    assert kept == ("Looked at.",) * 4
