"""The practice list and the practice page, for eleven kinds of visitor."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from content.models import SiteImage
from groups.practices.tasks import make_renditions

from ....factories import SchoolFactory, member
from ...factories import PracticeAttachmentFactory, PracticeFactory, PracticeImageFactory
from ..writing.posting import as_

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
            for slug in (f"-{practice.slug}", "-wrong", f"/{practice.slug}", "/wrong", ""):
                for user in (None, personas.outsider, personas.lapsed, personas.revoked):
                    refused = as_(client, user).get(f"/en/practices/{practice.pk}{slug}/")
                    absent = client.get(f"/en/practices/999999{slug}/")
                    assert refused.status_code == absent.status_code == 404
                    clean = [
                        re.sub(rb"/practices/\d+", b"", re.sub(rb'value="[\w-]{40,}"', b"", page.content))
                        for page in (refused, absent)
                    ]
                    assert clean[0] == clean[1]
                    assert b"NEEDLE" not in refused.content
                    assert "Location" not in refused.headers

    def test_a_wrong_title_in_the_address_leads_to_the_right_one(self, client):
        practice = PracticeFactory(published=True, public=True, title="Işık haritası")
        answer = client.get(f"/en/practices/{practice.pk}-old-title/")
        assert (answer.status_code, answer["Location"]) == (302, f"/en/practices/{practice.pk}-isik-haritasi/")

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
        # A related practice, so that its query always runs.
        PracticeFactory(published=True)
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
        assert (len(listed), len(read)) == (8, 8), "\n".join(q["sql"][:230] for q in read)


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
            # All at the same moment, so that the key breaks the tie.
            PracticeFactory(live=True, public=True, first_published_at=moment)
        seen, address, pages = [], "/en/practices/", []
        while address:
            pages.append(client.get(address).context["page"])
            seen += [practice.pk for practice in pages[-1].practices]
            address = pages[-1].following and "/en/practices/" + pages[-1].following
        assert len(pages) == 3
        assert seen == sorted(seen, reverse=True)
        assert len(set(seen)) == 45
        back = client.get("/en/practices/" + pages[2].preceding).context["page"]
        assert [practice.pk for practice in back.practices] == seen[20:40]
        assert [bool(page.preceding) for page in pages] == [False, True, True]

    @pytest.mark.parametrize("cursor", ["x", "1-", "-1", "99999999999999999999-1", "1-99999999999999999999", "²-1"])
    def test_a_cursor_of_nobody_shows_the_newest(self, client, some, cursor):
        assert len(self.titles(client, {"after": cursor})) == 3

    def test_past_the_end(self, client, some):
        html = client.get("/en/practices/", {"after": "1000000-1"}).content.decode()
        assert "That’s everything" in html
        assert 'href="?"' in html
