"""Sections that other rooms add to the page of a practice."""

import pytest
from django.utils.safestring import mark_safe
from wagtail import hooks

from groups.practices.page.sections import PRACTICE_SECTIONS_HOOK

from .... import factories
from ...factories import CommentFactory, PracticeFactory
from ...practices.writing.posting import as_

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_other_rooms_register_in_order_and_leaves_out_what_is_empty(client):
    practice = PracticeFactory(published=True)
    shown = mark_safe("<p>Section of 1</p>")

    def of_reader(request, asked) -> str:
        return f"{request.user.name} reads {asked.pk}"

    reader = factories.member()
    sections = [lambda request, asked: shown, lambda request, asked: "", of_reader]
    with hooks.register_temporarily([(PRACTICE_SECTIONS_HOOK, section) for section in sections]):
        page = as_(client, reader).get(practice.get_absolute_url())
    *_earlier, first, last = page.context["sections"]
    assert (first, last) == (shown, f"{reader.name} reads {practice.pk}")
    assert shown in page.text
    assert "" not in page.context["sections"]


@pytest.mark.parametrize("published", [True, False])
def test_the_discussion_is_a_section_of_published_practices_for_members(client, published):
    practice = PracticeFactory(published=True, public=True)
    CommentFactory(practice=practice, text="NEEDLE")
    address = practice.get_absolute_url()
    type(practice).objects.filter(pk=practice.pk).update(live=published)
    pages = {name: as_(client, person).get(address) for name, person in
             {"author": practice.author, "member": factories.member(), "visitor": None}.items()}  # fmt: skip
    for needle in ("NEEDLE", 'id="discussion"'):
        showing = {name for name, page in pages.items() if needle in page.text}
        assert showing == ({"author", "member"} if published else set())
    assert {name for name, page in pages.items() if page.status_code == 200} == (
        {"author", "member", "visitor"} if published else {"author"}
    )
