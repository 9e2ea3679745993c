"""The pages of good practices, as eleven kinds of visitor meet them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from content.models import SiteImage
from groups.models import Practice
from groups.review.moderation import send_back
from groups.tasks import make_renditions
from groups.writing import save_draft, submit
from tests.factories import MembershipFactory, SchoolFactory, member, moderator

from .factories import (
    PracticeAttachmentFactory,
    PracticeFactory,
    PracticeImageFactory,
)
from .writing.posting import NEW, as_, edited

pytestmark = pytest.mark.django_db


class TestReading:
    def test_the_list_shows_each_visitor_exactly_theirs(self, client, personas):
        mine = {"school": personas.school, "author": personas.author}
        titles = {
            "NEEDLE-PUBLIC": {"published": True, "public": True},
            "NEEDLE-MEMBERS": {"published": True},
            "NEEDLE-DRAFT": {"public": True},
        }
        for title, state in titles.items():
            PracticeFactory(title=title, **state, **mine)
        readers = {"grace", "member", "author", "lead", "organiser", "moderator", "other_moderator"}
        for who, user in personas.named().items():
            html = as_(client, user).get("/en/practices/").content.decode()
            expected = {"NEEDLE-PUBLIC", "NEEDLE-MEMBERS"} if who in readers else {"NEEDLE-PUBLIC"}
            assert set(re.findall("NEEDLE-[A-Z]+", html)) == expected, who

    def test_absent_and_hidden_are_the_same_404(self, client, personas):
        hidden = PracticeFactory(published=True, title="NEEDLE", author=personas.author, school=personas.school)
        draft = PracticeFactory(public=True, title="NEEDLE draft", author=personas.author, school=personas.school)
        for practice in (hidden, draft):
            for slug in (practice.slug, "wrong"):
                for user in (None, personas.outsider, personas.lapsed, personas.revoked):
                    refused = as_(client, user).get(f"/en/practices/{practice.pk}/{slug}/")
                    absent = client.get(f"/en/practices/999999/{slug}/")
                    assert refused.status_code == absent.status_code == 404
                    clean = [
                        re.sub(rb"/practices/\d+/", b"", re.sub(rb'value="[\w-]{40,}"', b"", page.content))
                        for page in (refused, absent)
                    ]
                    assert clean[0] == clean[1]
                    assert b"NEEDLE" not in refused.content
                    assert "Location" not in refused.headers

    def test_a_wrong_title_in_the_address_leads_to_the_right_one(self, client):
        practice = PracticeFactory(published=True, public=True, title="Işık haritası")
        answer = client.get(f"/en/practices/{practice.pk}/old-title/")
        assert (answer.status_code, answer["Location"]) == (302, f"/en/practices/{practice.pk}/isik-haritasi/")

    def test_the_page_tells_the_whole_record(self, client):
        practice = PracticeFactory(
            published=True, age_min=9, age_max=12, tools=["Padlet"], countries=["PT"], did_not_work="<p>Rain.</p>",
            activity_languages=["tr"], duration="weeks", subjects=["maths"], competences=["stem"],
        )  # fmt: skip
        PracticeImageFactory(practice=practice, alt="A map on the wall")
        PracticeAttachmentFactory(practice=practice, title="Worksheet one")
        html = as_(client, member()).get(practice.get_absolute_url()).content.decode()
        for words in (
            "Student agency", "Lower secondary", "9 to 12", "Padlet", "Portugal", "Rain.", "Türkçe", "Several weeks",
            "Mathematics", "Observation", "CC BY 4.0", "Worksheet one", 'alt="A map on the wall"', practice.school.name,
            practice.author.name,
        ):  # fmt: skip
            assert words in html

    def test_structured_data_only_for_what_everybody_reads(self, client):
        reader = member()
        public = PracticeFactory(published=True, public=True, title="</script><b>x")
        private = PracticeFactory(published=True)
        html = as_(client, reader).get(public.get_absolute_url()).content.decode()
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL).group(1)
        assert "LearningResource" in data
        assert "\\u003c/script\\u003e" in data
        assert "ld+json" not in client.get(private.get_absolute_url()).content.decode()

    def test_an_original_that_the_reader_may_not_see_is_not_named(self, client):
        original = PracticeFactory(published=True, title="NEEDLE original")
        adapted = PracticeFactory(published=True, public=True, adapted_from=original)
        assert "NEEDLE" not in client.get(adapted.get_absolute_url()).content.decode()
        assert "NEEDLE original" in as_(client, member()).get(adapted.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("number", [1, 30])
    def test_queries_of_list_and_page(self, client, number):
        reader = member()
        for _index in range(number):
            practice = PracticeFactory(published=True)
            image = PracticeImageFactory(practice=practice).image
            practice.cover, practice.cover_alt = image, "Cover"
            practice.save()
            PracticeImageFactory(practice=practice)
            PracticeAttachmentFactory(practice=practice)
        with zeal_ignore():
            make_renditions.call(list(SiteImage.objects.values_list("pk", flat=True)))
        as_(client, reader)
        client.get("/en/practices/")
        with CaptureQueriesContext(connection) as listed:
            client.get("/en/practices/")
        with CaptureQueriesContext(connection) as read:
            client.get(practice.get_absolute_url())
        assert (len(listed), len(read)) == (7, 10), [q["sql"][:90] for q in read]


def test_a_schools_page_shows_its_practices_to_their_readers(client, personas):
    mine = {"school": personas.school, "author": personas.author}
    PracticeFactory(published=True, public=True, title="NEEDLE-PUBLIC", **mine)
    PracticeFactory(published=True, title="NEEDLE-MEMBERS", **mine)
    PracticeFactory(title="NEEDLE-DRAFT", **mine)
    PracticeFactory(published=True, public=True, title="NEEDLE-OTHER")
    for user, expected in [
        (None, {"NEEDLE-PUBLIC"}),
        (personas.lapsed, {"NEEDLE-PUBLIC"}),
        (personas.member, {"NEEDLE-PUBLIC", "NEEDLE-MEMBERS"}),
        (personas.author, {"NEEDLE-PUBLIC", "NEEDLE-MEMBERS"}),
    ]:
        html = as_(client, user).get(personas.school.get_absolute_url()).content.decode()
        assert set(re.findall("NEEDLE-[A-Z]+", html)) == expected


class TestNarrowing:
    def titles(self, client, query) -> list[str]:
        return [practice.title for practice in client.get("/en/practices/", query).context["page"].practices]

    @pytest.fixture
    def some(self):
        far = SchoolFactory(labelled=True, country="PT")
        PracticeFactory(published=True, public=True, title="Işık", pillars=["agency"], language="tr")
        PracticeFactory(published=True, public=True, title="Ria", pillars=["role_model", "agency"], school=far)
        PracticeFactory(published=True, public=True, title="Otro", pillars=["leadership"])
        PracticeFactory(published=True, title="Işık hidden", pillars=["agency"], language="tr")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "ISIK"}, {"Işık"}),
            ({"pillar": "agency"}, {"Işık", "Ria"}),
            ({"country": "PT"}, {"Ria"}),
            ({"language": "tr"}, {"Işık"}),
            ({"pillar": "agency", "country": "TR"}, {"Işık"}),
            ({"pillar": "leadership", "q": "ria"}, set()),
            ({"q": "!!!"}, set()),
        ],
    )
    def test_filters(self, client, some, query, found):
        assert set(self.titles(client, query)) == found

    def test_what_does_not_exist_is_left_out_and_said(self, client, some):
        answer = client.get("/en/practices/", {"pillar": "<b>", "country": "XX", "language": "zz", "page": "9999"})
        assert answer.status_code == 200
        assert len(answer.context["page"].practices) == 3
        html = answer.content.decode()
        for said in ("“&lt;b&gt;”", "“XX”", "“zz”"):
            assert said in html

    def test_pages_follow_each_other_without_gap_or_repetition(self, client):
        moment = PracticeFactory(published=True, public=True).first_published_at
        for _index in range(44):
            # All at the same moment: the key breaks the tie.
            PracticeFactory(live=True, public=True, first_published_at=moment)
        seen, address, pages = [], "/en/practices/", []
        while address:
            pages.append(client.get(address).context["page"])
            seen += [practice.pk for practice in pages[-1].practices]
            address = pages[-1].older and "/en/practices/" + pages[-1].older
        assert len(pages) == 3
        assert seen == sorted(seen, reverse=True)
        assert len(set(seen)) == 45
        back = client.get("/en/practices/" + pages[2].newer).context["page"]
        assert [practice.pk for practice in back.practices] == seen[20:40]
        assert [bool(page.newer) for page in pages] == [False, True, True]

    @pytest.mark.parametrize("cursor", ["x", "1-", "-1", "99999999999999999999-1", "1-99999999999999999999", "²-1"])
    def test_a_cursor_of_nobody_shows_the_newest(self, client, some, cursor):
        assert len(self.titles(client, {"before": cursor})) == 3

    def test_past_the_end(self, client, some):
        html = client.get("/en/practices/", {"before": "1000000-1"}).content.decode()
        assert "There is nothing further" in html
        assert 'href="/en/practices/"' in html


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
        for name in ("mine", f"{practice.pk}/{practice.slug}", f"{practice.pk}/preview", f"{practice.pk}/history"):
            assert "NEEDLE" in client.get(f"/en/practices/{name}/").content.decode(), name
        export = client.get(f"/en/practices/{practice.pk}/export/")
        assert export["Content-Disposition"] == 'attachment; filename="needle.html"'
        assert "NEEDLE" in export.content.decode()
        refused = client.get(f"/en/practices/{practice.pk}/edit/")
        assert refused.status_code == 403
        assert "you do not write for this school at the moment" in refused.content.decode()
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
                # 405: a GET where only POST acts, whoever asks. 302: to the sign-in, whether it exists or not.
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
        for page in (practice.slug, "edit", "history"):
            assert "REASON-NEEDLE" in client.get(f"/en/practices/{practice.pk}/{page}/").content.decode(), page
        Practice.objects.filter(pk=practice.pk).update(live=True, first_published_at=practice.created_at)
        assert "REASON-NEEDLE" not in as_(client, member()).get(practice.get_absolute_url()).content.decode()

    def test_moderators_follow_the_way_of_what_they_may_open(self, client):
        practice = PracticeFactory(published=True)
        assert as_(client, moderator("TR")).get(f"/en/practices/{practice.pk}/history/").status_code == 200
        for user in (moderator("PT"), member()):
            assert as_(client, user).get(f"/en/practices/{practice.pk}/history/").status_code == 404
