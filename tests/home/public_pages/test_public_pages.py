"""The public pages: created once in both languages, built of blocks with previews, with counts for the reader."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from zeal import zeal_ignore

from community.access import Audience
from community.moderators import moderators_group
from content.taxonomy import Pillar
from events.models import EventIndexPage
from home.models import HomePage, PillarPage, StandardPage
from home.public_pages.blocks import FrontBlock, PageBlock
from home.public_pages.planting import bring_forms, plant_pages, texts_of
from home.public_pages.showcase import practices_by_pillar
from home.site_setup import set_up_site

from ... import factories
from ...groups.factories import PracticeFactory

pytestmark = pytest.mark.django_db

BLOCKS = {name: block for kind in (FrontBlock, PageBlock) for name, block in kind().child_blocks.items()}


@pytest.fixture
def home():
    home = set_up_site()
    plant_pages()
    return home


def moderator():
    user = factories.moderator()
    user.groups.add(moderators_group())
    return user


def test_both_languages_say_the_same_things():
    english, turkish = texts_of("en"), texts_of("tr")
    assert [row["key"] for row in english["page"]] == [row["key"] for row in turkish["page"]]
    for one, other in zip([english["home"], *english["page"]], [turkish["home"], *turkish["page"]], strict=True):
        assert [block["type"] for block in one["body"]] == [block["type"] for block in other["body"]]


def test_pages_are_planted_once_and_stay_deleted(home):
    assert plant_pages() == plant_pages(missing=True) == 0
    counts = {code: StandardPage.objects.in_language(code).count() for code in ("en", "tr")}
    assert counts == {"en": 9, "tr": 9}
    assert Page.find_problems() == ([], [], [], [], [])
    StandardPage.objects.get(slug="benefits").delete()
    assert plant_pages() == 0
    assert plant_pages(missing=True) == 1


def test_what_editors_wrote_is_not_touched(home):
    page = HomePage.objects.in_language("en").get()
    page.body = [("hero", {"eyebrow": "", "title": "Ours", "text": "Ours"})]
    page.save_revision().publish()
    plant_pages(missing=True)
    assert [block.value["title"] for block in HomePage.objects.in_language("en").get().body] == ["Ours"]


def without_form(code: str) -> StandardPage:
    """Return the accessibility page of a site created before the form existed."""
    page = StandardPage.objects.get(slug={"en": "accessibility", "tr": "erisilebilirlik"}[code])
    page.body = [("text", "<p>Ours</p>")]
    page.save_revision(clean=False).publish()
    return page


def shown(page: StandardPage) -> list[str]:
    page.refresh_from_db()
    return [block.block_type for block in page.body]


def test_the_form_comes_to_pages_that_stood_before_it(home, client):
    pages = [without_form(code) for code in ("en", "tr")]
    call_command("set_up_site")
    assert [shown(page) for page in pages] == [["text"], ["text"]]
    call_command("set_up_site", "--pages")
    assert [shown(page) for page in pages] == [["text", "feedback"], ["text", "feedback"]]
    body = client.get(pages[1].url).content.decode()
    assert "<p>Ours</p>" in body
    assert "Neyin yürümediğini bize yazın" in body
    assert bring_forms() == 0


def test_a_draft_of_such_a_page_stays_a_draft(home):
    page = without_form("en")
    page.body = [("text", "<p>Not yet</p>")]
    page.save_revision(clean=False)
    assert bring_forms() == 1

    assert shown(page) == ["text", "feedback"]
    assert "Ours" in str(page.body[0])
    assert page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["text", "feedback"]
    assert "Not yet" in str(draft.body[0])


def test_a_form_that_editors_move_away_in_a_draft_is_not_brought_back(home):
    page = StandardPage.objects.get(slug="accessibility")
    page.body = [("text", "<p>Without</p>")]
    page.save_revision(clean=False)
    assert bring_forms() == 0


def test_a_page_that_is_off_the_site_gets_the_form_and_stays_off(home):
    page = without_form("en")
    page.unpublish()
    assert bring_forms() == 1
    page.refresh_from_db()
    assert not page.live
    assert [block.block_type for block in page.get_latest_revision_as_object().body] == ["text", "feedback"]


def test_every_page_is_open_to_everyone_and_says_its_language(home, client):
    for code in ("en", "tr"):
        pages = [page for kind in (HomePage, StandardPage, PillarPage) for page in kind.objects.in_language(code)]
        assert len(pages) == 15
        for page in pages:
            answer = client.get(page.url)
            assert answer.status_code == 200, page.url
            assert f'<html lang="{code}"' in answer.content.decode()


def test_every_block_has_a_preview(home, client):
    client.force_login(moderator())
    for name, block in BLOCKS.items():
        assert block.is_previewable, name
        assert block.meta.description, name
        answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert answer.status_code == 200, name


def test_a_pillars_page_counts_and_lists_what_one_may_see(home, client):
    PracticeFactory(published=True, public=True, title="Open one", pillars=["agency"])
    PracticeFactory(published=True, title="For members", pillars=["agency", "inclusion"])
    PracticeFactory(title="A draft", pillars=["agency"])
    PracticeFactory(published=True, public=True, title="Of another pillar", pillars=["leadership"])
    url = PillarPage.objects.in_language("en").get(pillar=Pillar.AGENCY).url

    body = client.get(url).content.decode()
    assert "1 good practice on this pillar" in body
    assert "Open one" in body
    assert not any(title in body for title in ("For members", "A draft", "Of another pillar"))

    client.force_login(factories.member())
    body = client.get(url).content.decode()
    assert "2 good practices on this pillar" in body
    assert "For members" in body


def test_the_cards_of_pillars_count_what_one_may_see(home, client):
    PracticeFactory(published=True, public=True, pillars=["agency", "leadership"])
    PracticeFactory(published=True, pillars=["agency"])
    assert practices_by_pillar(AnonymousUser()) == {
        "leadership": 1,
        "collaboration": 0,
        "agency": 1,
        "inclusion": 0,
        "role_model": 0,
    }
    assert practices_by_pillar(factories.member())["agency"] == 2


def test_a_link_to_a_page_for_members_is_none(home, client):
    target = StandardPage.objects.in_language("en").get(slug="how-schools-join")
    assert f'href="{target.url}"' in client.get("/en/").content.decode().split("</main>")[0]
    target.audience = Audience.MEMBERS
    target.save_revision().publish()
    body = client.get("/en/").content.decode()
    assert target.url not in body
    assert target.get_translation(Locale.objects.get(language_code="tr")).audience == Audience.MEMBERS


def test_editors_translate_pages_and_readers_stay_the_originals(home, client):
    client.force_login(moderator())
    home = HomePage.objects.in_language("en").get()
    page = home.add_child(instance=StandardPage(title="Inside", slug="inside", body=[("text", "<p>Inside</p>")]))
    turkish = Locale.objects.get(language_code="tr")
    submit = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(submit).status_code == 200
    # wagtail-localize loads its rows one at a time.
    with zeal_ignore():
        client.post(submit, {"locales": [turkish.pk]})
        translation = page.get_translation(turkish)
        assert client.get(reverse("wagtailadmin_pages:edit", args=[translation.pk])).status_code == 200
    assert (translation.live, translation.audience, translation.language) == (False, Audience.MEMBERS, "tr")

    # Publishing a revision with another audience does not open the translation.
    translation.audience = Audience.PUBLIC
    translation.save_revision(clean=False).publish()
    translation.refresh_from_db()
    assert (translation.live, translation.audience) == (True, Audience.MEMBERS)
    page.audience = Audience.PUBLIC
    page.save_revision(clean=False)
    translation.refresh_from_db()
    assert translation.audience == Audience.MEMBERS
    page.get_latest_revision().publish()
    translation.refresh_from_db()
    assert translation.audience == Audience.PUBLIC


def test_events_and_learning_pages_are_not_translated(home, client):
    client.force_login(moderator())
    turkish = Locale.objects.get(language_code="tr")
    index = EventIndexPage.objects.get()
    url = reverse("wagtail_localize:submit_page_translation", args=[index.pk])
    for answer in (client.get(url), client.post(url, {"locales": [turkish.pk]})):
        assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[index.pk])
    # Nor as part of the home page, when it is translated into another language.
    german = Locale.objects.create(language_code="de")
    submit = reverse("wagtail_localize:submit_page_translation", args=[home.pk])
    with zeal_ignore():
        client.post(submit, {"locales": [german.pk], "include_subtree": "on"})
    assert Translation.objects.count() == 1
    assert EventIndexPage.objects.count() == 1


def test_what_names_hidden_rows_in_the_translation_admin_is_closed(client):
    set_up_site()
    client.force_login(moderator())
    for path in ("api/snippets/practices/practice/", "submit/snippet/practices/practice/1/"):
        assert client.get(f"/admin/localize/{path}", follow=True).status_code == 404


@pytest.mark.parametrize(("language", "translated"), [("en", False), ("tr", True)])
def test_the_editor_for_translators_speaks_the_moderators_language(client, language, translated):
    person = moderator()
    type(person).objects.update(language=language)
    client.force_login(person)
    told = client.get("/admin/localize/jsi18n/").text
    assert (r'"Not translated": "\u00c7evrilmedi"' in told) == translated


# wagtail-localize's report paginates rows without an order.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
@pytest.mark.parametrize("path", ["localize/reports/translations/", "localize/submit/page/{}/", "localize/jsi18n/"])
def test_the_translation_admin_is_for_moderators(client, path):
    address = "/admin/" + path.format(set_up_site().pk)
    assert "/accounts/login/" in client.get(address)["Location"]
    client.force_login(factories.member())
    assert client.get(address, follow=True).status_code == 404
    client.force_login(moderator())
    assert client.get(address).status_code == 200
