"""Saved practices: counted once, private to the person."""

import threading

import pytest
from django.db import connection

from groups.practices.errors import RefusedError
from groups.practices.finding.saving import save_for_later, take_off_the_list
from groups.practices.models import Practice, SavedPractice

from ....factories import member
from ...factories import PracticeFactory
from ..writing.posting import as_


def count(practice) -> int:
    return Practice.objects.get(pk=practice.pk).saves_count


@pytest.mark.django_db
class TestVerbs:
    def test_twice_is_once(self):
        practice, person = PracticeFactory(published=True), member()
        for _time in range(2):
            save_for_later(practice=practice, by=person)
            assert (count(practice), SavedPractice.objects.count()) == (1, 1)
        save_for_later(practice=practice, by=member())
        assert count(practice) == 2
        for _time in range(2):
            take_off_the_list(practice=practice, by=person)
            assert (count(practice), SavedPractice.objects.count()) == (1, 1)

    def test_only_what_one_can_read(self, personas):
        for practice, person in [(PracticeFactory(published=True), personas.lapsed), (PracticeFactory(), member())]:
            with pytest.raises(RefusedError):
                save_for_later(practice=practice, by=person)
            assert count(practice) == 0

    def test_a_new_version_keeps_the_count(self):
        practice = PracticeFactory(published=True)
        revision = practice.save_revision()
        save_for_later(practice=practice, by=member())
        revision.publish()
        assert count(practice) == 1


@pytest.mark.django_db
class TestPages:
    def test_the_button_saves_and_takes_off_and_leads_back(self, client):
        practice = PracticeFactory(published=True, title="Rivers")
        as_(client, member())
        address = f"/en/practices/{practice.pk}/save/"
        answer = client.post(address, {"do": "save", "next": practice.get_absolute_url()})
        assert (answer.status_code, answer["Location"]) == (302, practice.get_absolute_url())
        assert 'value="remove"' in client.get(practice.get_absolute_url()).content.decode()
        assert "Rivers" in client.get("/en/practices/saved/").content.decode()
        client.post(address, {"do": "remove"})
        assert count(practice) == 0

    @pytest.mark.parametrize(
        "next", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
    )
    def test_it_leads_nowhere_else(self, client, next):
        practice = PracticeFactory(published=True)
        answer = as_(client, member()).post(f"/en/practices/{practice.pk}/save/", {"next": next})
        assert answer["Location"] == "/en/practices/saved/"

    def test_who_lost_access_keeps_the_list_and_reads_nothing(self, client, personas):
        hidden = PracticeFactory(published=True, title="NEEDLE", saves_count=1)
        shown = PracticeFactory(published=True, public=True, title="Shown")
        SavedPractice.objects.create(user=personas.lapsed, practice=hidden)
        SavedPractice.objects.create(user=personas.lapsed, practice=shown)
        html = as_(client, personas.lapsed).get("/en/practices/saved/").content.decode()
        assert "NEEDLE" not in html
        assert "Shown" in html
        assert "1 practice you saved isn’t available at the moment." in html
        client.post(f"/en/practices/{hidden.pk}/save/", {"do": "remove"})
        assert SavedPractice.objects.filter(user=personas.lapsed).count() == 1

    @pytest.mark.parametrize("do", ["save", "remove"])
    def test_hidden_and_absent_are_the_same(self, client, personas, do):
        hidden = PracticeFactory(published=True)
        address = f"/en/practices/{hidden.pk}/save/"
        refused = as_(client, personas.outsider).post(address, {"do": do})
        hidden.delete()
        absent = client.post(address, {"do": do})
        assert refused.status_code == absent.status_code == 404
        assert refused.content == absent.content


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_each_counted_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    practice, people = PracticeFactory(published=True), [member() for _index in range(4)]
    barrier = threading.Barrier(8)

    def save(person):
        try:
            barrier.wait()
            save_for_later(practice=practice, by=person)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(person,)) for person in people * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(practice), SavedPractice.objects.count()) == (4, 4)
