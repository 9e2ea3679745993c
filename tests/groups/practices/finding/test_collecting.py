"""Collections: who owns, reads and edits them, and that they reveal no hidden practice."""

import re

import pytest

from groups.practices.errors import RefusedError
from groups.practices.finding import collecting
from groups.practices.models import Collection

from ....factories import MembershipFactory, member
from ...factories import PracticeFactory
from ..writing.posting import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def collections(personas) -> dict[str, Collection]:
    """Create the author's own, their school's and a curated collection, each with a public, a members' and a removed
    practice."""
    practices = [
        PracticeFactory(published=True, public=True, title="NEEDLE-PUBLIC"),
        PracticeFactory(published=True, title="NEEDLE-MEMBERS"),
        PracticeFactory(published=True, title="NEEDLE-REMOVED"),
    ]
    made = {
        "own": collecting.begin(kind="own", title="Own", by=personas.author),
        "school": collecting.begin(kind="school", school=personas.school, title="School’s", by=personas.author),
        "curated": collecting.begin(kind="curated", title="Curated", by=personas.moderator),
    }
    for name, collection in made.items():
        for practice in practices:
            by = personas.moderator if name == "curated" else personas.author
            collecting.add(practice=practice, collection=collection, by=by)
    practices[2].live = False
    practices[2].save()
    return made


READERS = {"grace", "member", "organiser", "moderator", "other_moderator", "author", "lead"}
MODERATORS = {"organiser", "moderator", "other_moderator"}


@pytest.mark.parametrize(
    ("name", "readers", "changers"),
    [
        ("own", {"author"}, {"author"}),
        ("school", {"author", "lead"}, {"author", "lead"}),
        ("curated", READERS, MODERATORS),
    ],
)
def test_who_reads_and_who_changes(client, personas, collections, name, readers, changers):
    collection = collections[name]
    for who, user in personas.named().items():
        if user is None:
            continue
        as_(client, user)
        assert client.get(collection.get_absolute_url()).status_code == (200 if who in readers else 404), who
        expected = 200 if who in changers else 403 if who in readers else 404
        assert client.get(f"{collection.get_absolute_url()}edit/").status_code == expected, who
        listed = collection.title in client.get("/en/collections/").content.decode()
        assert listed == (who in readers), who


def test_each_reader_sees_and_counts_what_they_may_read(client, personas, collections):
    page = as_(client, personas.author).get(collections["own"].get_absolute_url()).content.decode()
    assert set(re.findall("NEEDLE-[A-Z]+", page)) == {"NEEDLE-PUBLIC", "NEEDLE-MEMBERS"}
    (own,) = Collection.objects.visible_to(personas.author).filter(kind="own").with_number(personas.author)
    assert own.number == 2
    personas.school.labels.update(starts_on="2020-01-01", ends_on="2021-12-31")
    page = client.get(collections["own"].get_absolute_url()).content.decode()
    assert set(re.findall("NEEDLE-[A-Z]+", page)) == {"NEEDLE-PUBLIC"}
    assert client.get(collections["school"].get_absolute_url()).status_code == 404
    (own,) = Collection.objects.visible_to(personas.author).with_number(personas.author)
    assert own.number == 1


def test_a_collection_can_be_begun_only_where_one_may(personas):
    for fields, by in [
        ({"kind": "school", "school": personas.school}, personas.member),
        ({"kind": "school", "school": None}, personas.author),
        ({"kind": "curated"}, personas.author),
    ]:
        with pytest.raises(RefusedError):
            collecting.begin(title="x", by=by, **fields)
    assert not Collection.objects.exists()


def test_nobody_adds_what_they_cannot_read(personas):
    collection = collecting.begin(kind="own", title="x", by=personas.lapsed)
    with pytest.raises(RefusedError, match="practices you can read"):
        collecting.add(practice=PracticeFactory(published=True), collection=collection, by=personas.lapsed)


def test_strangers_change_nothing(personas, collections):
    practice = collections["own"].entries.first().practice
    about = {"collection": collections["own"], "by": personas.lead}
    for act in (
        lambda: collecting.add(practice=practice, **about),
        lambda: collecting.take_out(practice=practice, **about),
        lambda: collecting.move(practice=practice, up=True, **about),
        lambda: collecting.rename(title="Mine", description="", **about),
        lambda: collecting.delete(**about),
    ):
        with pytest.raises(RefusedError):
            act()
    assert [entry.practice.title for entry in collections["own"].entries.all()] == [
        "NEEDLE-PUBLIC", "NEEDLE-MEMBERS", "NEEDLE-REMOVED",
    ]  # fmt: skip


def test_order_follows_what_one_sees():
    person = member()
    collection = collecting.begin(kind="own", title="x", by=person)
    practices = [PracticeFactory(published=True, title=title) for title in "ABC"]
    for practice in [*practices, practices[0]]:
        collecting.add(practice=practice, collection=collection, by=person)
    practices[1].live = False
    practices[1].save()

    def order() -> str:
        return "".join(entry.practice.title for entry in collection.entries.all())

    assert order() == "ABC"
    for practice, up, expected in [
        (practices[2], True, "CBA"),
        (practices[2], True, "CBA"),
        (practices[0], False, "CBA"),
        (practices[2], False, "ABC"),
    ]:
        collecting.move(practice=practice, collection=collection, by=person, up=up)
        assert order() == expected


def test_limits_are_told(client, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_ENTRIES", 1)
    monkeypatch.setattr(collecting, "MOST_COLLECTIONS", 1)
    person = member()
    collection = collecting.begin(kind="own", title="x", by=person)
    for _index in range(2):
        practice = PracticeFactory(published=True)
        answer = as_(client, person).post(
            f"{collection.get_absolute_url()}change/", {"do": "add", "practice": practice.pk}, follow=True
        )
    assert "A collection can have up to 1 practices." in answer.content.decode()
    answer = client.post("/en/collections/new/", {"title": "Typed", "whose": "own"})
    assert answer.status_code == 422
    assert "Delete one first" in answer.content.decode()
    assert 'value="Typed"' in answer.content.decode()


def test_a_new_collection_begins_with_the_practice_it_was_made_for(client):
    membership = MembershipFactory()
    practice = PracticeFactory(published=True, title="Rivers")
    as_(client, membership.user)
    assert "/collections/new/?practice=" in client.get(f"/en/practices/{practice.pk}/collect/").content.decode()
    client.post(
        f"/en/collections/new/?practice={practice.pk}",
        {"title": "For March", "whose": f"school-{membership.school_id}", "description": ""},
    )
    collection = Collection.objects.get()
    assert (collection.kind, collection.school) == ("school", membership.school)
    assert [entry.practice for entry in collection.entries.all()] == [practice]
    client.post(f"{collection.get_absolute_url()}delete/")
    assert not Collection.objects.exists()
    practice.refresh_from_db()


def test_a_school_of_others_cannot_be_chosen(client, personas):
    answer = as_(client, personas.member).post(
        "/en/collections/new/", {"title": "x", "whose": f"school-{personas.school.pk}"}
    )
    assert answer.status_code == 422
    assert not Collection.objects.exists()
