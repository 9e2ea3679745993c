"""A label ends while its teachers are signed in: the next request in that session notices."""

from datetime import timedelta

import pytest
from django.urls import reverse

from community.models import Label

from ..factories import today
from ..world import World

pytestmark = pytest.mark.django_db


def addresses(world: World) -> dict[str, str]:
    return {
        "practice": world.members.get_absolute_url(),
        "event": world.event.get_absolute_url(),
        "resource": world.resource.get_absolute_url(),
        "page": world.page.url,
        "image": reverse("file", args=[world.image.file.name]),
        "rendition": world.image.get_rendition("width-50").url,
        "document": world.document.url,
    }


def ask(client, world: World) -> tuple[dict[str, int], set[str]]:
    """Return the status of every address, and the needles that search finds."""
    answers = {name: client.get(address).status_code for name, address in addresses(world).items()}
    needles = {"membersneedle", "eventneedle", "resourceneedle", "pageneedle"}
    found = {n for n in needles if f">{n}<" in client.get(reverse("search"), {"q": n}).content.decode()}
    return answers, found


def end_label(user, days_ago: int) -> None:
    Label.objects.filter(school__memberships__user=user).update(ends_on=today() - timedelta(days=days_ago))


def test_everything_is_gone_with_the_next_request(client):
    world = World()
    member = world.personas.member
    client.force_login(member)

    answers, found = ask(client, world)
    assert set(answers.values()) == {200}
    assert len(found) == 4

    end_label(member, days_ago=120)
    answers, found = ask(client, world)
    assert set(answers.values()) == {200}, "the last day of grace"

    end_label(member, days_ago=121)
    answers, found = ask(client, world)
    assert set(answers.values()) == {404}
    assert found == set()
    assert client.get(reverse("dashboard")).status_code == 200, "their own things stay"


def test_in_grace_one_reads_and_does_not_act(client):
    world = World()
    member = world.personas.member
    client.force_login(member)
    end_label(member, days_ago=1)

    assert client.get(world.members.get_absolute_url()).status_code == 200
    assert client.get(reverse("practice_new")).status_code == 403
    assert client.post(reverse("event_register", args=[world.event.slug])).status_code == 403
