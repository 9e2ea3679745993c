"""The pages of good practices, as eleven kinds of visitor meet them."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from content import uploads
from content.models import SiteDocument, SiteImage
from groups.models import Practice
from groups.review.moderation import send_back
from groups.tasks import make_renditions
from groups.writing import save_draft, submit
from tests.factories import MembershipFactory, SchoolFactory, member, moderator

from .factories import (
    PracticeAttachmentFactory,
    PracticeFactory,
    PracticeImageFactory,
    SiteImageFactory,
    picture,
)

pytestmark = pytest.mark.django_db

NEW = "/en/practices/new/"


def as_(client, user):
    client.logout()
    if user:
        client.force_login(user)
    return client


def posted(**changes) -> dict:
    """What a browser sends for a new practice."""
    return {
        "token": str(uuid.uuid4()),
        "writer": "1",
        "title": "Rivers",
        "summary": "Pupils measure.",
        "language": "en",
        "pillars": ["agency"],
        "levels": ["isced2"],
        "context": "<p>By the river.</p>",
        "steps": "<p>Measure.</p>",
        "results": "<p>Cleaner.</p>",
        "evidence_strength": "survey",
        "licence": "CC-BY-4.0",
        "images-TOTAL_FORMS": "0",
        "images-INITIAL_FORMS": "0",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "do": "save",
        **changes,
    }


def edited(practice, **changes) -> dict:
    return posted(token=str(practice.token), title=practice.title) | changes


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


class TestForm:
    def test_who_gets_it(self, client, personas):
        codes = {who: as_(client, user).get(NEW).status_code for who, user in personas.named().items()}
        refused = dict.fromkeys(codes, 404) | {"grace": 403, "member": 200, "author": 200, "lead": 200}
        # Moderators read members' pages; they write for no school.
        assert codes == refused | {"organiser": 403, "moderator": 403, "other_moderator": 403}

    def test_a_title_is_enough_for_a_draft(self, client):
        author = MembershipFactory().user
        data = posted(title="Only this", summary="", context="", steps="", results="", evidence_strength="")
        del data["pillars"], data["levels"]
        answer = as_(client, author).post(NEW, data)
        practice = Practice.objects.get()
        assert answer["Location"] == f"/en/practices/{practice.pk}/edit/"
        assert (practice.title, practice.author, practice.school) == (
            "Only this", author, author.memberships.get().school
        )  # fmt: skip
        assert practice.revisions.count() == 1

    def test_without_a_title_nothing_is_lost(self, client):
        answer = as_(client, MembershipFactory().user).post(NEW, posted(title="", steps="<p>KEPT-NEEDLE</p>"))
        assert answer.status_code == 422
        assert "KEPT-NEEDLE" in answer.content.decode()
        assert not Practice.objects.exists()

    def test_a_text_that_is_too_long_is_refused_and_not_lost(self, client):
        long = f"<p>{'KEPT ' * 20_001}</p>"
        answer = as_(client, MembershipFactory().user).post(NEW, posted(steps=long))
        assert answer.status_code == 422
        assert "This is too long: 100,012 characters" in answer.content.decode()
        assert answer.content.decode().count("KEPT") == 20_001
        assert not Practice.objects.exists()

    def test_the_same_form_twice_is_one_practice(self, client):
        as_(client, MembershipFactory().user)
        data = posted(do="submit")
        first, second = client.post(NEW, data), client.post(NEW, data)
        assert Practice.objects.count() == 1
        assert first["Location"] == f"/en/practices/{Practice.objects.get().pk}/history/"
        assert second.status_code == 302

    def test_a_stolen_token_opens_nothing(self, client):
        theirs = PracticeFactory(title="Theirs")
        answer = as_(client, MembershipFactory().user).post(NEW, posted(token=str(theirs.token), title="Mine"))
        assert answer.status_code == 404
        assert list(Practice.objects.values_list("title", flat=True)) == ["Theirs"]

    def test_submitting_an_incomplete_one_saves_it_and_says_what_is_missing(self, client):
        as_(client, MembershipFactory().user)
        answer = client.post(NEW, posted(steps="", do="submit"), follow=True)
        assert Practice.objects.get().workflow_in_progress is False
        html = answer.content.decode()
        assert "Describe the steps." in html
        assert 'href="#id_steps"' in html

    def test_whoever_has_two_schools_chooses_one_of_them(self, client):
        first = MembershipFactory()
        second = MembershipFactory(user=first.user)
        foreign = SchoolFactory(labelled=True)
        as_(client, first.user)
        assert client.post(NEW, posted()).status_code == 422
        assert client.post(NEW, posted(school=foreign.pk)).status_code == 422
        client.post(NEW, posted(school=second.school.pk))
        assert Practice.objects.get().school == second.school

    def test_nothing_else_of_the_row_can_be_posted(self, client):
        author = MembershipFactory().user
        other = MembershipFactory().user
        as_(client, author).post(
            NEW,
            posted(live="on", audience="public", author=other.pk, first_published_at="2020-01-01", adapted_from="1"),
        )
        practice = Practice.objects.get()
        assert (practice.live, practice.audience, practice.author) == (False, "members", author)
        assert practice.first_published_at is None

    def test_while_it_is_reviewed_it_is_not_edited(self, client):
        practice = PracticeFactory()
        save_draft(practice=practice, by=practice.author)
        submit(practice=practice, by=practice.author)
        as_(client, practice.author)
        answer = client.post(f"/en/practices/{practice.pk}/edit/", edited(practice, title="Changed"))
        assert answer["Location"] == practice.get_absolute_url()
        client.post(f"/en/practices/{practice.pk}/withdraw/")
        client.post(f"/en/practices/{practice.pk}/edit/", edited(practice, title="Changed"))
        assert Practice.objects.get().title == "Changed"


ATTACKS = [
    "<script>alert(1)</script>NEEDLE",
    '<img src=x onerror="alert(1)">NEEDLE',
    '<a href="javascript:alert(1)">NEEDLE</a>',
    '<a href="jav&#x09;ascript:alert(1)">NEEDLE</a>',
    "<svg><p><style><img src=x onerror=alert(1)></style></p></svg>NEEDLE",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>NEEDLE",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></p></noscript>NEEDLE",
    "<template><img src=x onerror=alert(1)></template>NEEDLE",
    '<p hx-get="/admin/" hx-trigger="load" data-hx-get="/x" style="position:fixed" class="x">NEEDLE</p>',
    '<embed embedtype="image" id="1" format="left">NEEDLE',
    '<a linktype="page" id="1">NEEDLE</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>NEEDLE",
]


FORBIDDEN = [
    "<script", "<img src=x", "<iframe", "<embed", "<math", "<style", "<template", "<noscript", "javascript:", "hx-",
    "linktype", "srcdoc", "position:fixed",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_members_html_is_clean_in_the_row_the_version_and_the_page(client, attack):
    author = MembershipFactory().user
    as_(client, author).post(NEW, posted(**dict.fromkeys(Practice.TEXTS, attack)))
    practice = Practice.objects.get()
    versions = (practice, practice.latest_revision.as_object())
    page = client.get(practice.get_absolute_url()).content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    for html in [*(getattr(version, name) for version in versions for name in Practice.TEXTS), article]:
        assert "NEEDLE" in html
        # Escaped, it is text that people read.
        markup = re.sub("&lt;.*?&gt;", "", html)
        assert [word for word in FORBIDDEN if word in markup] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_plain_fields_are_escaped(client, attack):
    as_(client, MembershipFactory().user).post(NEW, posted(title=attack, summary=attack, tools=attack[:50]))
    practice = Practice.objects.get()
    for name in ("practice", "practice_edit", "practice_history", "practice_preview", "practice_export"):
        args = [practice.pk, practice.slug] if name == "practice" else [practice.pk]
        html = client.get(reverse(name, args=args)).content.decode()
        assert attack not in html
        assert "NEEDLE" in html


class TestFiles:
    def rows(self, prefix, *rows) -> dict:
        data = {f"{prefix}-TOTAL_FORMS": str(len(rows))}
        for index, row in enumerate(rows):
            data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
        return data

    def image(self, name="p.png") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, picture(), "image/png")

    def test_pictures_and_documents_arrive(self, client):
        as_(client, MembershipFactory().user)
        paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF")
        data = posted(
            **self.rows("images", {"file": self.image(), "alt": "One"}, {"file": self.image(), "alt": "Two"}),
            **self.rows("attachments", {"file": paper, "title": "Sheet"}),
        )
        client.post(NEW, data)
        practice = Practice.objects.get()
        assert [image.alt for image in practice.images.all()] == ["One", "Two"]
        assert [attachment.title for attachment in practice.attachments.all()] == ["Sheet"]
        assert (practice.cover, practice.cover_alt) == (practice.images.first().image, "One")

    def test_a_picture_needs_words_and_is_not_chosen_twice(self, client):
        author = MembershipFactory().user
        answer = as_(client, author).post(
            NEW, posted(**self.rows("images", {"file": self.image(), "shows_pupils": "on"}))
        )
        assert answer.status_code == 422
        stored = SiteImage.objects.get()
        assert f'name="images-0-image" value="{stored.pk}"' in answer.content.decode()
        again = posted(**self.rows("images", {"image": stored.pk, "alt": "Now with words"}))
        client.post(NEW, again)
        assert [image.image for image in Practice.objects.get().images.all()] == [stored]
        assert SiteImage.objects.count() == 1

    def test_somebody_elses_private_picture_cannot_be_borrowed(self, client):
        foreign_image = PracticeImageFactory(practice=PracticeFactory()).image
        foreign_paper = PracticeAttachmentFactory(practice=PracticeFactory()).document
        as_(client, MembershipFactory().user)
        before = Practice.objects.count()
        for rows in (
            self.rows("images", {"image": foreign_image.pk, "alt": "Mine now"}),
            self.rows("attachments", {"document": foreign_paper.pk, "title": "Mine now"}),
        ):
            assert client.post(NEW, posted(**rows)).status_code == 422
        assert Practice.objects.count() == before

    def test_rows_are_kept_changed_and_removed(self, client):
        practice = PracticeFactory()
        kept, gone = (PracticeImageFactory(practice=practice, alt=alt) for alt in ("Kept", "Gone"))
        as_(client, practice.author)
        rows = self.rows(
            "images",
            {"image": kept.image.pk, "alt": "Kept and renamed"},
            {"image": gone.image.pk, "alt": "Gone", "DELETE": "on"},
        )
        client.post(f"/en/practices/{practice.pk}/edit/", edited(practice, **rows, **{"images-INITIAL_FORMS": "2"}))
        assert [(image.pk, image.alt) for image in Practice.objects.get().images.all()] == [
            (kept.pk, "Kept and renamed")
        ]

    def test_an_own_cover_stays_until_it_is_removed(self, client):
        author = MembershipFactory().user
        first = self.rows("images", {"file": self.image(), "alt": "First"})
        as_(client, author).post(NEW, posted(cover_file=self.image(), cover_alt="Own", **first))
        practice = Practice.objects.get()
        first = practice.images.get()
        assert practice.cover_id not in (None, first.image_id)
        rows = self.rows("images", {"image": first.image_id, "alt": "First"}) | {"images-INITIAL_FORMS": "1"}
        address = f"/en/practices/{practice.pk}/edit/"
        client.post(address, edited(practice, cover_alt="Own", **rows))
        assert Practice.objects.get().cover_id == practice.cover_id
        client.post(address, edited(practice, cover_alt="Own", cover_removed="on", **rows))
        assert (Practice.objects.get().cover_id, Practice.objects.get().cover_alt) == (first.image_id, "First")

    def test_a_cover_is_not_lost_with_a_refused_form(self, client):
        author = MembershipFactory().user
        data = posted(title="", cover_file=self.image())
        answer = as_(client, author).post(NEW, data)
        assert answer.status_code == 422
        stored = SiteImage.objects.get()
        assert f'name="cover_stored" value="{stored.pk}"' in answer.content.decode()
        again = data | {"title": "Rivers", "cover_stored": stored.pk}
        del again["cover_file"]
        refused = client.post(NEW, again)
        assert refused.status_code == 422
        assert refused.content.decode().count("Describe the cover picture for readers who cannot see it.") == 2
        client.post(NEW, again | {"cover_alt": "A bridge"})
        assert (Practice.objects.get().cover, Practice.objects.get().cover_alt) == (stored, "A bridge")
        assert SiteImage.objects.count() == 1

    def test_a_stored_cover_can_be_removed_and_nobody_elses_taken(self, client):
        author = MembershipFactory().user
        foreign = PracticeImageFactory().image
        assert as_(client, author).post(NEW, posted(cover_stored=foreign.pk, cover_alt="Mine")).status_code == 422
        own = SiteImageFactory(uploaded_by_user=author)
        choice = {"cover_stored": own.pk, "cover_alt": "Mine", "cover_removed": "on"}
        refused = client.post(NEW, posted(title="", **choice))
        assert f'value="{own.pk}"' not in refused.content.decode()
        client.post(NEW, posted(**choice))
        assert Practice.objects.get(author=author).cover is None

    @pytest.mark.parametrize(
        ("prefix", "most", "sentence"),
        [
            ("images", 12, "A practice can have at most 12 pictures."),
            ("attachments", 6, "A practice can have at most 6 attachments."),
        ],
    )
    def test_so_many_files_and_no_more(self, client, prefix, most, sentence):
        def rows(number: int) -> dict:
            name, file, words = ("p.png", picture(), "alt") if prefix == "images" else ("a.pdf", b"%PDF-1.7", "title")
            return self.rows(prefix, *[{"file": SimpleUploadedFile(name, file), words: "x"} for _row in range(number)])

        as_(client, MembershipFactory().user)
        answer = client.post(NEW, posted(**rows(most + 1)))
        assert answer.status_code == 422
        assert answer.content.decode().count(sentence) == 1
        assert not Practice.objects.exists()
        # The row beyond the last one is not read at all.
        assert SiteImage.objects.count() + SiteDocument.objects.count() == most
        assert client.post(NEW, posted(**rows(most))).status_code == 302
        assert getattr(Practice.objects.get(), prefix).count() == most

    def test_more_files_than_any_form_sends_are_not_taken(self, client):
        as_(client, MembershipFactory().user)
        answer = client.post(NEW, posted(**{f"file-{index}": self.image() for index in range(21)}))
        assert answer.status_code == 400

    @pytest.mark.parametrize(
        ("limit", "number", "sentence"),
        [
            ("QUOTA_BYTES", 10, "that each person has here."),
            ("BATCH_PIXELS", 1000, "megapixels together. Upload them a few at a time."),
        ],
    )
    def test_what_is_too_much_together_is_not_decoded(self, client, monkeypatch, limit, number, sentence):
        monkeypatch.setattr(uploads, limit, number)
        monkeypatch.setattr(uploads, "_decoded", lambda data: pytest.fail("decoded"))
        rows = self.rows("images", {"file": self.image(), "alt": "One"}, {"file": self.image(), "alt": "Two"})
        answer = as_(client, MembershipFactory().user).post(NEW, posted(title="Typed", cover_file=self.image(), **rows))
        assert answer.status_code == 422
        html = answer.content.decode()
        assert sentence in html
        assert 'value="Typed"' in html
        assert not SiteImage.objects.exists()

    def test_a_wrong_file_is_refused_with_a_sentence(self, client):
        as_(client, MembershipFactory().user)
        evil = SimpleUploadedFile("evil.png", b"<svg onload=alert(1)>", "image/png")
        macro = SimpleUploadedFile("a.docm", b"PK", "application/zip")
        rows = self.rows("images", {"file": evil, "alt": "x"}) | self.rows("attachments", {"file": macro, "title": "x"})
        answer = client.post(NEW, posted(**rows))
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "This is not a picture that we can read." in html
        assert "Files of this kind cannot be uploaded." in html
        assert not SiteImage.objects.exists()
        assert not SiteDocument.objects.exists()


class TestLostSession:
    def sign_in(self, client, user) -> None:
        user.set_password("a long enough one")
        user.save()
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        answer = client.post(reverse("account_login"), {"login": user.email, "password": "a long enough one"})
        assert answer.status_code == 302

    @pytest.mark.parametrize("begun", [True, False])
    def test_the_text_waits_until_its_author_has_signed_in(self, client, begun):
        author = MembershipFactory().user
        practice = PracticeFactory(author=author, school=author.memberships.get().school) if begun else None
        address = f"/en/practices/{practice.pk}/edit/" if begun else NEW
        data = posted(writer=str(author.pk), steps="<p>HOURS-OF-WORK</p>")
        answer = client.post(address, data)
        assert answer.status_code == 200
        assert f"?next={address}" in answer.content.decode()
        self.sign_in(client, author)
        back = client.get(address)
        html = back.content.decode()
        assert "HOURS-OF-WORK" in html
        assert data["token"] in html
        assert "pictures have to be chosen once more" in html
        client.post(address, data)
        assert Practice.objects.get().steps == "<p>HOURS-OF-WORK</p>"
        assert "HOURS-OF-WORK" not in client.get(NEW).content.decode()

    @pytest.mark.parametrize("token", ["abc", ""])
    def test_a_text_without_a_token_of_ours_is_not_kept(self, client, token):
        author = MembershipFactory().user
        assert client.post(NEW, posted(writer=str(author.pk), token=token)).status_code == 404
        self.sign_in(client, author)
        assert client.get(NEW).status_code == 200

    def test_nobody_else_finds_it(self, client):
        author, other = MembershipFactory().user, MembershipFactory().user
        client.post(NEW, posted(writer=str(author.pk), steps="<p>NEEDLE</p>"))
        self.sign_in(client, other)
        assert "NEEDLE" not in client.get(NEW).content.decode()

    def test_strangers_learn_nothing_and_fill_nothing(self, client):
        practice = PracticeFactory()
        assert client.get(NEW).status_code == 404
        assert client.post(NEW, {"x": "y"}).status_code == 404
        assert client.post(NEW, posted(token="abc")).status_code == 404
        assert client.post(NEW, posted(steps="x" * 300_001)).status_code == 404
        # The same answer whether the practice exists or not.
        answers = [client.post(f"/en/practices/{pk}/edit/", posted()) for pk in (practice.pk, 999999)]
        assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.django_db
def test_ages_in_the_wrong_order_are_told_beside_the_field(client):
    answer = as_(client, member()).post(reverse("practice_new"), posted(age_min="12", age_max="9"))
    assert answer.context["forms"].text.errors == {"age_max": ["The oldest pupils are younger than the youngest."]}
