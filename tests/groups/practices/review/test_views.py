"""Pages for leads to sign off, and for authors to follow their practice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.practices.models import Appeal, Outcome, Practice, SignOffWish
from groups.practices.review.deciding import true_until
from groups.practices.review.sign_off import choose_sign_off
from groups.practices.review.versions import marked
from groups.practices.writing import save_draft, submit

from ....factories import MembershipFactory, moderator
from ...factories import PracticeFactory
from ..reviewing import review, submitted

pytestmark = pytest.mark.django_db

LIST = "/en/practices/sign-off/"


@pytest.fixture
def boss():
    membership = MembershipFactory(lead=True)
    choose_sign_off(school=membership.school, wanted=True, by=membership.user)
    return membership


def page(client, person, address, **data):
    client.force_login(person)
    return (client.post(address, data, follow=True) if data else client.get(address)).content.decode()


class TestSignOff:
    def test_a_lead_reads_and_signs_off(self, client, boss):
        practice = submitted(school=boss.school, title="NEEDLE", steps="<p>STEPS-NEEDLE</p>")
        assert "NEEDLE" in page(client, boss.user, LIST)
        assert "NEEDLE" in page(client, boss.user, "/en/dashboard/")
        address = f"/en/practices/{practice.pk}/sign-off/"
        assert "STEPS-NEEDLE" in page(client, boss.user, address)
        assert "Signed off and sent to the reviewers." in page(client, boss.user, address, do="sign_off", words="Good.")
        assert Practice.objects.get().status == "in_review"
        assert client.get(address).status_code == 404

    def test_handing_back_without_a_word_is_told_beside_the_field(self, client, boss):
        practice = submitted(school=boss.school)
        address = f"/en/practices/{practice.pk}/sign-off/"
        client.force_login(boss.user)
        refused = client.post(address, {"do": "hand_back", "words": " "})
        assert refused.status_code == 422
        assert "Tell the author what to change." in refused.content.decode()
        assert "Sent back. We’ve told the author what to change." in page(
            client, boss.user, address, do="hand_back", words="Name the partner."
        )
        html = page(client, practice.author, "/en/dashboard/")
        assert "Name the partner." in html
        assert f"/en/practices/{practice.pk}/edit/" in html

    def test_switching_it(self, client, boss):
        address = f"{LIST}{boss.school.slug}/"
        page(client, boss.user, address, wanted="no")
        assert not SignOffWish.objects.get().wanted
        page(client, boss.user, address, wanted="yes")
        assert SignOffWish.objects.get().wanted
        client.force_login(MembershipFactory(school=boss.school).user)
        assert client.post(address, {"wanted": "no"}).status_code == 403
        assert SignOffWish.objects.get().wanted

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries_of_the_list(self, client, boss, number):
        for _index in range(number):
            submitted(school=boss.school)
        client.force_login(boss.user)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).content.decode().count("Practice number") == number
        assert len(queries) <= 8


class TestFollowing:
    def test_reasons_are_read_by_criterion_and_without_names(self, client, pair):
        practice = submitted()
        for person in pair:
            review(practice, person, Outcome.RETURN, words=f"WORDS-{person.pk}")
        html = page(client, practice.author, f"/en/practices/{practice.pk}/history/")
        assert all(f"WORDS-{person.pk}" in html for person in pair)
        assert "Clear enough to repeat" in html
        assert "Reviewer 2" in html
        assert not any(person.name in html for person in pair)

    def test_before_the_decision_nothing_of_a_review_is_told(self, client, pair):
        practice = submitted()
        review(practice, pair[0], Outcome.DECLINE, words="NEEDLE")
        html = page(client, practice.author, f"/en/practices/{practice.pk}/history/")
        assert "1 of 2 reviews finished" in html
        assert "NEEDLE" not in html

    def test_appealing_once(self, client):
        practice = submitted()
        review(practice, moderator("TR"), Outcome.DECLINE)
        history, address = f"/en/practices/{practice.pk}/history/", f"/en/practices/{practice.pk}/appeal/"
        assert "Ask for another look" in page(client, practice.author, history)
        assert client.post(address, {"text": " "}).status_code == 422
        assert "We’ve sent your appeal" in page(client, practice.author, address, text="The survey is attached.")
        assert "The survey is attached." in page(client, practice.author, history)
        assert "only appeal once" in page(client, practice.author, address, text="Again.")
        assert Appeal.objects.count() == 1

    def test_confirming_with_one_click(self, client):
        practice = PracticeFactory(published=True, review_by=timezone.now().date() - timedelta(days=3))
        address = f"/en/practices/{practice.pk}/still-true/"
        assert "confirmed it for another two years" in page(client, practice.author, address, yes="1")
        assert Practice.objects.get().review_by == true_until()

    @pytest.mark.parametrize("rounds", [1, 4])
    def test_queries_of_the_history(self, client, rounds):
        practice, judge = submitted(), moderator("TR")
        for number in range(rounds):
            review(practice, judge, Outcome.DECLINE)
            changed = Practice.objects.get()
            changed.summary = f"Changed {number}"
            client.force_login(practice.author)
            save_draft(practice=changed, by=practice.author)
            submit(practice=practice, by=practice.author)
        client.get(f"/en/practices/{practice.pk}/history/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/practices/{practice.pk}/history/")
        assert len(queries) <= 18


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("one two", "one three two", "one <ins>three </ins>two"),
        ("one two", "one", "<del>one two</del><ins>one</ins>"),
        ("a\nb\nc", "a\nx\nc", "a<br><del>b<br></del><ins>x<br></ins>c"),
        ("<b>", "<i>", "<del>&lt;b&gt;</del><ins>&lt;i&gt;</ins>"),
        ("", "new", "<ins>new</ins>"),
    ],
)
def test_differences_word_by_word(before, after, html):
    assert marked(before, after) == html


def test_two_long_texts_are_compared_at_once():
    long = "\n".join(f"line {number} " * 20 for number in range(300))
    assert "<ins>" in marked(long, long.replace("150", "x"))
    assert marked("word " * 40_000, "other " * 40_000).count("<ins>") == 1
