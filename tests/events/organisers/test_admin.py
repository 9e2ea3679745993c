import pytest
from django.db.models import ProtectedError
from django.test import Client

from events.models import EventPage, Registration

from ... import factories
from ..factories import EventPageFactory, RegistrationFactory, event_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    client = Client()
    client.force_login(factories.UserFactory(is_superuser=True, is_staff=True))
    return client


def test_the_people_of_an_event_in_order(operator):
    event = EventPageFactory(title="Open day")
    gone = RegistrationFactory(event=event, cancelled=True)
    waiting = RegistrationFactory(event=event, waiting=True)
    placed = RegistrationFactory(event=event)
    stranger = RegistrationFactory()

    page = operator.get(f"/admin/events/{event.pk}/registrations/").content.decode()

    found = [page.index(row.user.email) for row in (placed, waiting, gone)]
    assert found == sorted(found)
    assert stranger.user.email not in page
    assert "3 registrations, including cancelled ones" in page
    assert placed.school.name in page


def test_only_moderators_who_edit_the_page_see_its_people(personas):
    registration = RegistrationFactory()
    address = f"/admin/events/{registration.event.pk}/registrations/"
    statuses = {}
    for name, user in personas.named().items():
        client = Client()
        if user:
            client.force_login(user)
        answer = client.get(address, follow=True)
        statuses[name] = answer.redirect_chain[-1][0] if answer.status_code == 200 else answer.status_code
        assert registration.user.email not in answer.content.decode()
    login = f"/en/accounts/login/?next={address}"
    assert {name: status for name, status in statuses.items() if status != 404} == {
        "anonymous": login,
        # These moderators have no admin permissions, unlike the superuser above.
        **dict.fromkeys(("organiser", "moderator", "other_moderator"), statuses["organiser"]),
    }


def test_the_event_links_to_its_people(operator):
    event = EventPageFactory()
    address = f"/admin/events/{event.pk}/registrations/"
    assert address in operator.get(f"/admin/pages/{event.pk}/edit/").content.decode()
    assert "registrations" not in operator.get(f"/admin/pages/{event_index().pk}/edit/").content.decode()


@pytest.mark.parametrize("which", ["event", "index"])
def test_an_event_that_people_registered_for_is_kept(operator, which):
    event = RegistrationFactory().event
    page = event if which == "event" else event_index()

    answer = operator.post(f"/admin/pages/{page.pk}/delete/", follow=True)

    assert EventPage.objects.filter(pk=event.pk).exists()
    assert "that we need to keep. Unpublish it instead of deleting it." in answer.content.decode()
    bulk = operator.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", follow=True)
    assert "that we need to keep. Unpublish it instead of deleting it." in bulk.content.decode()
    assert Registration.objects.count() == 1
    with pytest.raises(ProtectedError):
        event.delete()


def test_an_event_without_people_can_be_deleted(operator):
    event = EventPageFactory()
    assert operator.get(f"/admin/pages/{event.pk}/delete/").status_code == 200
    event.delete()
    assert not EventPage.objects.filter(pk=event.pk).exists()
