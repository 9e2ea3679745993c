"""Access to a school's pictures: everyone for those on the page, few for waiting or refused ones."""

from datetime import timedelta

import pytest

from directory.models import ProfileItem
from directory.sizes import LOGO

from ..factories import MembershipFactory, today
from .factories import ProfileItemFactory

pytestmark = pytest.mark.django_db

REVIEWERS = {"organiser", "moderator"}


@pytest.fixture
def openers(client, personas):
    """Return a function that names who gets an item's picture, both the original and a rendition."""

    def ask(item: ProfileItem) -> set[str]:
        addresses = [item.image.file.url, item.image.get_rendition(LOGO).url]
        allowed = set()
        for who, user in personas.named().items():
            client.logout()
            if user:
                client.force_login(user)
            statuses = {client.get(address).status_code for address in addresses}
            assert statuses in ({200}, {404})
            if statuses == {200}:
                allowed.add(who)
        return allowed

    return ask


def item(personas, **state) -> ProfileItem:
    return ProfileItemFactory(school=personas.school, image__uploaded_by_user=personas.lead, **state)


def test_what_stands_on_a_public_page_is_public(openers, personas):
    assert openers(item(personas, shown=True)) == set(personas.named())


def test_what_waits_is_for_leads_and_reviewers(openers, personas):
    assert openers(item(personas)) == {"lead"} | REVIEWERS


def test_another_lead_sees_what_waits(client, personas):
    fellow = MembershipFactory(school=personas.school, lead=True).user
    client.force_login(fellow)
    assert client.get(item(personas).image.file.url).status_code == 200


def test_what_was_refused_is_its_uploaders_alone(openers, personas):
    assert openers(item(personas, refused=True)) == {"lead"}


def test_a_picture_of_pupils_is_public_while_the_consent_runs(openers, personas):
    consent = {"shown": True, "shows_pupils": True, "consent_holder": "Office"}
    assert openers(item(personas, **consent, consent_until=today())) == set(personas.named())
    ran_out = item(personas, **consent, consent_until=today() - timedelta(days=1))
    assert openers(ran_out) == {"lead"}
    assert ran_out not in ProfileItem.objects.shown()


def test_the_page_of_a_school_whose_label_ended_hides_its_pictures(openers, personas):
    shown = item(personas, shown=True)
    personas.school.labels.update(starts_on=today() - timedelta(days=900), ends_on=today() - timedelta(days=400))
    # Only members of the school and moderators can still read the page.
    assert openers(shown) == {"author", "lead", "organiser", "moderator", "other_moderator"}
