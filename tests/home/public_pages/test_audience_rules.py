"""Translations and aliases have the readers of the oldest page among them. Each line of that rule has a test."""

import pytest
from wagtail.models import Locale

from community.access import Audience
from home.models import StandardPage
from home.site_setup import set_up_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def original() -> StandardPage:
    home = set_up_site()
    turkish = home.copy_for_translation(Locale.objects.get(language_code="tr"))
    turkish.live = True
    turkish.save()
    page = StandardPage(title="For members", slug="for-members", audience=Audience.MEMBERS)
    home.refresh_from_db()
    return home.add_child(instance=page)


def translated(page):
    return page.copy_for_translation(Locale.objects.get(language_code="tr"))


def mirrored(page):
    return page.create_alias(update_slug=f"{page.slug}-alias")


KIN = {
    "translation": lambda page: [translated(page)],
    "alias": lambda page: [mirrored(page)],
    "translation of an alias": lambda page: [translated(mirrored(page))],
    "alias of a translation": lambda page: [mirrored(translated(page))],
    "translation and alias": lambda page: [translated(page), mirrored(page)],
}


def audiences() -> set[str]:
    return set(StandardPage.objects.values_list("audience", flat=True))


@pytest.mark.parametrize("kin", KIN.values(), ids=KIN)
def test_no_translation_or_alias_is_opened_by_itself(original, kin):
    for page in kin(original):
        page = StandardPage.objects.get(pk=page.pk)
        page.audience = Audience.PUBLIC
        page.save()
        assert page.audience == Audience.MEMBERS
        assert audiences() == {Audience.MEMBERS}


@pytest.mark.parametrize("kin", KIN.values(), ids=KIN)
def test_all_are_opened_with_the_original(original, kin):
    kin(original)
    original.audience = Audience.PUBLIC
    original.save()
    assert audiences() == {Audience.PUBLIC}


@pytest.mark.parametrize("kin", KIN.values(), ids=KIN)
def test_the_original_is_the_same_from_wherever_one_looks(original, kin):
    kin(original)
    assert [page.pk for page in StandardPage.objects.order_by("pk") if page.is_original()] == [original.pk]
    pages = {page.pk: page._relatives() for page in StandardPage.objects.all()}
    assert set(map(frozenset, pages.values())) == {frozenset(pages)}


def test_an_alias_does_not_begin_more_open_than_its_page(original):
    page = StandardPage(title="Mirror", slug="mirror", alias_of=original, audience=Audience.PUBLIC)
    original.get_parent().add_child(instance=page)
    assert audiences() == {Audience.MEMBERS}


def test_an_old_draft_of_a_translation_opens_nothing_when_it_is_published(original):
    page = translated(original)
    page.audience = Audience.PUBLIC
    draft = page.save_revision(clean=False)
    assert audiences() == {Audience.MEMBERS}
    draft.publish()
    assert audiences() == {Audience.MEMBERS}


def test_the_readers_of_a_draft_are_not_handed_on_with_its_other_fields(original):
    """Wagtail saves single fields, such as the draft title, of a page that is being edited."""
    translated(original)
    original.audience, original.draft_title = Audience.PUBLIC, "For everyone"
    original.save(update_fields=["draft_title"])
    assert audiences() == {Audience.MEMBERS}


def test_a_copy_has_readers_of_its_own(original):
    original.copy(update_attrs={"slug": "copy"})
    original.audience = Audience.PUBLIC
    original.save()
    assert audiences() == {Audience.PUBLIC, Audience.MEMBERS}
