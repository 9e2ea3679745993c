"""The pages of the practice editor."""

import re
import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content import uploads
from content.models import SiteDocument, SiteImage
from groups.practices.fields import MAX_WORDS
from groups.practices.models import Practice
from groups.practices.writing import save_draft, submit

from ....factories import MembershipFactory, SchoolFactory, member
from ...factories import PracticeAttachmentFactory, PracticeFactory, PracticeImageFactory, SiteImageFactory, picture
from .posting import NEW, as_, edited, posted

pytestmark = pytest.mark.django_db


class TestForm:
    def test_who_gets_it(self, client, personas):
        codes = {who: as_(client, user).get(NEW).status_code for who, user in personas.named().items()}
        refused = dict.fromkeys(codes, 404) | {"grace": 403, "member": 200, "author": 200, "lead": 200}
        # Moderators can read members' pages, but write for no school.
        assert codes == refused | {"organiser": 403, "moderator": 403, "other_moderator": 403}

    def test_a_title_is_enough_for_a_draft(self, client):
        author = MembershipFactory().user
        data = posted(title="Only this", summary="", context="", steps="", results="", evidence_strength="")
        del data["pillars"], data["levels"]
        answer = as_(client, author).post(NEW, data)
        practice = Practice.objects.get()
        assert answer["Location"] == f"/en/practices/{practice.pk}/edit/all/"
        assert (practice.title, practice.author, practice.school) == (
            "Only this", author, author.memberships.get().school
        )  # fmt: skip
        assert practice.revisions.count() == 1

    def test_nothing_is_needed_to_begin(self, client):
        author = MembershipFactory().user
        as_(client, author).post(NEW, {"token": str(uuid.uuid4()), "writer": "1", "step": "what", "language": "en"})
        practice = Practice.objects.get()
        assert (practice.title, str(practice)) == ("", "Draft without a title")
        for page in ("practice_edit", "practice_preview", "practice_history", "practice_export"):
            assert client.get(reverse(page, args=[practice.pk])).status_code == 200
        assert "Draft without a title" in client.get("/en/practices/mine/").content.decode()

    def test_a_text_that_is_too_long_is_refused_and_not_lost(self, client):
        long = f"<p>{'KEPT ' * 20_001}</p>"
        answer = as_(client, MembershipFactory().user).post(NEW, posted(steps=long))
        assert answer.status_code == 422
        assert "This is too long: 100,012 characters" in answer.content.decode()
        assert answer.content.decode().count("KEPT") >= 20_001
        # The rest is saved.
        practice = Practice.objects.get()
        assert (practice.title, practice.results, practice.steps) == ("Rivers", "<p>Cleaner.</p>", "")

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

    def test_nobody_submits_again_and_again(self, client, settings):
        settings.ACCOUNT_RATE_LIMITS = {"submit": "1/h/user"}
        practice = PracticeFactory()
        save_draft(practice=practice, by=practice.author)
        as_(client, practice.author)
        client.post(reverse("practice_submit", args=[practice.pk]))
        client.post(reverse("practice_withdraw", args=[practice.pk]))
        answer = client.post(reverse("practice_submit", args=[practice.pk]), follow=True)
        assert "a lot in a short time" in answer.text
        assert not Practice.objects.get().workflow_in_progress

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
        assert answer.status_code == 403
        assert "This is being reviewed." in answer.content.decode()
        # The typed text is kept as a conflict copy beside the text under review.
        assert practice.conflict_copies.get().person == practice.author
        assert "Changed" in answer.content.decode()
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
        # Escaped markup is plain text.
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

    def test_a_picture_without_words_is_kept_and_asked_about(self, client):
        author = MembershipFactory().user
        rows = self.rows("images", {"file": self.image(), "shows_pupils": "on"})
        answer = as_(client, author).post(NEW, posted(**rows, do="submit"), follow=True)
        html = answer.content.decode()
        assert answer.redirect_chain[0][0].endswith("/edit/files/?missing=1")
        assert "Describe every picture for readers who can’t see it." in html
        for sentence in (
            "Describe it in a few words",
            "Say who holds the parents’ consent",
            "Say when the consent expires",
        ):
            assert sentence in html
        image = Practice.objects.get().images.get()
        assert (image.alt, image.shows_pupils, Practice.objects.get().cover) == ("", True, None)
        assert not Practice.objects.get().workflow_in_progress

    def test_an_ended_consent_is_told_beside_its_field(self, client):
        practice = PracticeFactory()
        PracticeImageFactory(
            practice=practice, shows_pupils=True, consent_holder="Office", consent_until=date(2020, 1, 1)
        )
        html = as_(client, practice.author).get(f"/en/practices/{practice.pk}/edit/files/").content.decode()
        assert html.count("This consent has expired, so the picture is now hidden.") == 1

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
        assert Practice.objects.count() == before + 2
        assert not any(shown.images.exists() or shown.attachments.exists() for shown in Practice.objects.all()[:2])

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

    def test_the_first_picture_is_the_cover_and_the_order_changes(self, client):
        as_(client, MembershipFactory().user)
        client.post(NEW, posted(**self.rows("images", *[{"file": self.image(), "alt": alt} for alt in ("One", "Two")])))
        practice = Practice.objects.get()
        one, two = practice.images.all()
        assert (practice.cover, practice.cover_alt) == (one.image, "One")
        rows = self.rows(
            "images",
            {"image": one.image_id, "alt": "One", "ORDER": "1"},
            {"image": two.image_id, "alt": "Two", "ORDER": "2"},
        )
        data = edited(practice, **rows, **{"images-INITIAL_FORMS": "2"}, move="images-1-up")
        client.post(f"/en/practices/{practice.pk}/edit/all/", data)
        practice = Practice.objects.get()
        assert [image.alt for image in practice.images.all()] == ["Two", "One"]
        assert (practice.cover, practice.cover_alt) == (two.image, "Two")

    def test_a_row_that_was_saved_meanwhile_is_not_taken_for_an_empty_one(self, client):
        as_(client, MembershipFactory().user)
        client.post(NEW, posted(**self.rows("images", {"file": self.image(), "alt": "One"})))
        practice = Practice.objects.get()
        # The open page started without pictures, so the form sends a new row that is already saved.
        rows = self.rows("images", {"image": practice.images.get().image_id, "alt": "One", "ORDER": "1"})
        client.post(f"/en/practices/{practice.pk}/edit/all/", edited(practice, **rows, version="0"))
        assert [image.alt for image in Practice.objects.get().images.all()] == ["One"]

    def test_a_cover_of_its_own_from_earlier_stays_until_it_is_removed(self, client):
        practice = PracticeFactory(cover=SiteImageFactory(), cover_alt="Own")
        row = PracticeImageFactory(practice=practice, alt="First")
        as_(client, practice.author)
        rows = self.rows("images", {"image": row.image_id, "alt": "First"}) | {"images-INITIAL_FORMS": "1"}
        address = f"/en/practices/{practice.pk}/edit/"
        client.post(address, edited(practice, cover_alt="Own", **rows))
        assert Practice.objects.get().cover_id == practice.cover_id
        client.post(address, edited(practice, cover_alt="Own", cover_removed="on", **rows))
        assert (Practice.objects.get().cover_id, Practice.objects.get().cover_alt) == (row.image_id, "First")

    @pytest.mark.parametrize(
        ("prefix", "most", "sentence"),
        [
            ("images", 12, "A practice can have up to 12 pictures."),
            ("attachments", 6, "A practice can have up to 6 attachments."),
        ],
    )
    def test_so_many_files_and_no_more(self, client, prefix, most, sentence):
        def rows(number: int) -> dict:
            name, file, words = ("p.png", picture(), "alt") if prefix == "images" else ("a.pdf", b"%PDF-1.7", "title")
            return self.rows(prefix, *[{"file": SimpleUploadedFile(name, file), words: "x"} for _row in range(number)])

        as_(client, MembershipFactory().user)
        answer = client.post(NEW, posted(**rows(most + 1)))
        assert answer.status_code == 422
        assert f"<li>{sentence}</li>" in answer.content.decode()
        # Rows beyond the limit are not read.
        assert SiteImage.objects.count() + SiteDocument.objects.count() == most
        assert client.post(NEW, posted(**rows(most))).status_code == 302
        assert getattr(Practice.objects.latest("pk"), prefix).count() == most

    def test_more_files_than_any_form_sends_are_not_taken(self, client):
        as_(client, MembershipFactory().user)
        answer = client.post(NEW, posted(**{f"file-{index}": self.image() for index in range(21)}))
        assert answer.status_code == 400

    @pytest.mark.parametrize(
        ("limit", "number", "sentence"),
        [
            ("QUOTA_BYTES", 10, "of your storage."),
            ("BATCH_PIXELS", 1000, "megapixels. Upload a few at a time."),
        ],
    )
    def test_what_is_too_much_together_is_not_decoded(self, client, monkeypatch, limit, number, sentence):
        monkeypatch.setattr(uploads, limit, number)
        monkeypatch.setattr(uploads, "_decoded", lambda data: pytest.fail("decoded"))
        rows = self.rows("images", {"file": self.image(), "alt": "One"}, {"file": self.image(), "alt": "Two"})
        answer = as_(client, MembershipFactory().user).post(NEW, posted(title="Typed", **rows))
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
        assert "We can’t read this picture." in html
        assert "You can’t upload files of this type." in html
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
        assert "then choose your pictures again" in html
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
        # The response must not reveal whether the practice exists.
        answers = [client.post(f"/en/practices/{pk}/edit/", posted()) for pk in (practice.pk, 999999)]
        assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.django_db
def test_ages_in_the_wrong_order_are_told_beside_the_field(client):
    answer = as_(client, member()).post(reverse("practice_new"), posted(age_min="12", age_max="9"))
    assert answer.context["forms"].text.errors == {"age_max": ["The oldest pupils can’t be younger than the youngest."]}


@pytest.mark.django_db
class TestTooMuch:
    def test_sixty_tools_are_refused_beside_the_field_and_the_rest_is_saved(self, client):
        tools = ", ".join(f"tool {number}" for number in range(60))
        answer = as_(client, member()).post(NEW, posted(tools=tools))
        assert answer.status_code == 422
        assert answer.context["forms"].text.errors == {"tools": [f"Choose no more than {MAX_WORDS}."]}
        assert tools in answer.content.decode()
        assert (Practice.objects.get().title, Practice.objects.get().tools) == ("Rivers", [])

    def test_a_long_text_without_javascript_is_refused_and_comes_back_as_it_was_typed(self, client):
        typed = "KEPT <b> " * 20_000
        answer = as_(client, member()).post(NEW, posted(context="", context_plain=typed))
        assert answer.status_code == 422
        assert "This is too long" in answer.content.decode()
        assert answer.content.decode().count("KEPT &lt;b&gt;") >= 20_000
        assert (Practice.objects.get().title, Practice.objects.get().context) == ("Rivers", "")
