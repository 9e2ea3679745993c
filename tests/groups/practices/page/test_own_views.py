"""Pages for authors to find and follow their own practices."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.practices.models import Practice
from groups.practices.writing import save_draft, submit

from ....factories import MembershipFactory, SchoolFactory, member, moderator
from ...factories import PracticeFactory, PracticeImageFactory
from ..reviewing import send_back
from ..writing.posting import NEW, as_, edited

pytestmark = pytest.mark.django_db


class TestOwn:
    def test_only_ones_own_are_listed(self, client):
        mine, other = PracticeFactory(title="Mine"), PracticeFactory(title="NEEDLE")
        html = as_(client, mine.author).get("/en/practices/mine/").content.decode()
        assert "Mine" in html
        assert "NEEDLE" not in html
        assert other.author != mine.author

    def test_edit_is_offered_where_it_works(self, client):
        author = MembershipFactory().user
        lapsed = MembershipFactory(user=author, school=SchoolFactory(lapsed=True)).school
        own = author.memberships.exclude(school=lapsed).get().school
        works, ended, waits = (PracticeFactory(author=author, school=school) for school in (own, lapsed, own))
        save_draft(practice=waits, by=author)
        submit(practice=waits, by=author)
        html = as_(client, author).get("/en/practices/mine/").content.decode()
        assert re.findall(r"/practices/(\d+)/edit/", html) == [str(works.pk)]
        assert f"/practices/{ended.pk}/history/" in html

    def test_queries_of_my_list(self, client):
        author = MembershipFactory().user
        numbers = []
        for count in (1, 29):
            PracticeFactory.create_batch(count, author=author)
            as_(client, author).get("/en/practices/mine/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/en/practices/mine/")
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]

    @pytest.mark.parametrize("standing", ["lapsed", "revoked"])
    def test_after_the_label_everything_is_read_and_nothing_written(self, client, standing):
        practice = PracticeFactory(school=SchoolFactory(**{standing: True}), title="NEEDLE")
        as_(client, practice.author)
        for name in ("mine", f"{practice.pk}-{practice.slug}", f"{practice.pk}/preview", f"{practice.pk}/history"):
            assert "NEEDLE" in client.get(f"/en/practices/{name}/").content.decode(), name
        export = client.get(f"/en/practices/{practice.pk}/export/")
        assert export["Content-Disposition"] == 'attachment; filename="needle.html"'
        assert "NEEDLE" in export.content.decode()
        refused = client.get(f"/en/practices/{practice.pk}/edit/")
        assert refused.status_code == 403
        assert "you don’t write for this school at the moment" in refused.content.decode()
        assert client.post(f"/en/practices/{practice.pk}/edit/", edited(practice, title="Other")).status_code == 403
        assert client.get(NEW).status_code == 404
        assert Practice.objects.get().title == "NEEDLE"

    @pytest.mark.parametrize("page", ["edit", "preview", "history", "export", "submit", "withdraw"])
    def test_nobody_elses_pages_of_a_draft(self, client, personas, page):
        practice = PracticeFactory(author=personas.author, school=personas.school, public=True, title="NEEDLE")
        for who, user in personas.named().items():
            if who == "author":
                continue
            as_(client, user)
            address = f"/en/practices/{practice.pk}/{page}/"
            for answer in (client.get(address), client.post(address, {})):
                # 405: a GET of a POST-only address, whoever asks. 302: the sign-in page, whether or not it exists.
                assert answer.status_code in ((404, 405) if user else (302, 404, 405)), (who, page)
                assert b"NEEDLE" not in answer.content

    def test_export_brings_its_pictures(self, client):
        practice = PracticeFactory()
        PracticeImageFactory(practice=practice, alt="A map")
        html = as_(client, practice.author).get(f"/en/practices/{practice.pk}/export/").content.decode()
        assert 'src="data:image/jpeg;base64,' in html
        assert "/files/" not in html

    def test_the_reason_stands_on_top_for_the_author_and_nobody_else(self, client):
        practice = PracticeFactory()
        save_draft(practice=practice, by=practice.author)
        submit(practice=practice, by=practice.author)
        judge = moderator("TR")
        send_back(practice=Practice.objects.get(pk=practice.pk), by=judge, reason="REASON-NEEDLE")
        as_(client, practice.author)
        for page in (f"-{practice.slug}", "/edit", "/history"):
            assert "REASON-NEEDLE" in client.get(f"/en/practices/{practice.pk}{page}/").content.decode(), page
        Practice.objects.filter(pk=practice.pk).update(live=True, first_published_at=practice.created_at)
        assert "REASON-NEEDLE" not in as_(client, member()).get(practice.get_absolute_url()).content.decode()

    def test_moderators_follow_the_way_of_what_they_may_open(self, client):
        practice = PracticeFactory(published=True)
        assert as_(client, moderator("TR")).get(f"/en/practices/{practice.pk}/history/").status_code == 200
        for user in (moderator("PT"), member()):
            assert as_(client, user).get(f"/en/practices/{practice.pk}/history/").status_code == 404
