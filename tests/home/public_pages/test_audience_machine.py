"""Publish, restrict, copy, alias, translate, move, unpublish and expire in any order: an outsider reads no needle."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from community.access import Audience
from home.frame.navigation import public_pages
from home.models import HomePage, StandardPage
from home.site_setup import set_up_site

pytestmark = pytest.mark.django_db

NEEDLE = "hiddenneedle"
ADDRESSES = ["/{}/", "/{}/search/?q=hiddenneedle", "/{}/search/suggestions/?q=hiddenneedle"]
EVERYWHERE = ["/sitemap.xml", "/sitemap-pages.xml"]


class Pages(RuleBasedStateMachine):
    """Pages that all carry the needle. `readers` is the expected audience of each.

    A translation or alias has the readers of its original, and only publishing the oldest page among them changes
    those.
    """

    pages = Bundle("pages")

    def __init__(self) -> None:
        super().__init__()
        # Each run starts with an empty tree.
        for page in StandardPage.objects.order_by("-path"):
            page.delete()
        self.home = HomePage.objects.get(locale__language_code="en")
        self.client = Client()
        self.number = 0
        self.readers: dict[int, str] = {}

    def kin(self, pk: int) -> set[int]:
        """Return the page with its translations and aliases, and all of theirs."""
        rows = list(StandardPage.objects.values_list("pk", "translation_key", "alias_of"))
        found = {pk}
        while True:
            keys = {key for row, key, _alias in rows if row in found}
            sources = {alias for row, _key, alias in rows if row in found and alias}
            more = {row for row, key, alias in rows if key in keys or alias in found or row in sources}
            if more <= found:
                return found
            found |= more

    def read_by(self, pk: int, audience: str) -> None:
        kin = self.kin(pk)
        if pk == min(kin):
            self.readers |= dict.fromkeys(kin, audience)

    def like(self, pk: int, made: Page) -> int:
        """Expect the copy to have the readers of its original."""
        self.readers[made.pk] = self.readers[pk]
        return made.pk

    def fresh(self, pk: int) -> StandardPage | None:
        return StandardPage.objects.filter(pk=pk).first()

    @rule(target=pages, audience=st.sampled_from(Audience.values))
    def write(self, audience):
        self.number += 1
        self.home.refresh_from_db()
        page = StandardPage(
            title=f"{NEEDLE} {self.number}",
            slug=f"{NEEDLE}-{self.number}",
            summary=NEEDLE,
            body=[("text", f"<p>{NEEDLE}</p>")],
            audience=audience,
            show_in_menus=True,
        )
        pk = self.home.add_child(instance=page).pk
        self.readers[pk] = audience
        return pk

    @rule(pk=pages, audience=st.sampled_from(Audience.values))
    def edit(self, pk, audience):
        """Save an unpublished draft with another audience."""
        if (page := self.fresh(pk)) and not page.alias_of_id:
            page = page.get_latest_revision_as_object()
            page.audience = audience
            page.save_revision(clean=False)

    @rule(pk=pages)
    def publish(self, pk):
        if (page := self.fresh(pk)) and page.latest_revision and not page.alias_of_id:
            published = page.latest_revision.content["audience"]
            page.latest_revision.publish()
            self.read_by(pk, published)

    @rule(pk=pages, audience=st.sampled_from(Audience.values))
    def restrict_or_open(self, pk, audience):
        if (page := self.fresh(pk)) and not page.alias_of_id:
            page.audience = audience
            page.save_revision(clean=False).publish()
            self.read_by(pk, audience)

    @rule(target=pages, pk=pages)
    def copy(self, pk):
        page = self.fresh(pk)
        if not page:
            return pk
        self.number += 1
        return self.like(pk, page.copy(update_attrs={"slug": f"copy-{self.number}", "title": page.title}))

    @rule(target=pages, pk=pages)
    def alias(self, pk):
        page = self.fresh(pk)
        if not page:
            return pk
        self.number += 1
        return self.like(pk, page.create_alias(update_slug=f"alias-{self.number}"))

    @rule(target=pages, pk=pages, is_published=st.booleans())
    def translate(self, pk, is_published):
        page = self.fresh(pk)
        turkish = Locale.objects.get(language_code="tr")
        if not page or page.locale_id == turkish.pk or page.alias_of_id or page.get_parent().specific_class != HomePage:
            return pk
        if not page.has_translation(turkish):
            translate_object(page, [turkish])
        translation = page.get_translation(turkish)
        if is_published and not translation.alias_of_id:
            translation.save_revision(clean=False).publish()
        return self.like(pk, translation)

    @rule(target=pages, pk=pages)
    def alias_in_the_other_language(self, pk):
        page = self.fresh(pk)
        turkish = Locale.objects.get(language_code="tr")
        if not page or page.has_translation(turkish) or page.get_parent().specific_class != HomePage:
            return pk
        return self.like(pk, page.copy_for_translation(turkish, alias=True))

    @rule(pk=pages, below=pages)
    def move(self, pk, below):
        page, parent = self.fresh(pk), self.fresh(below)
        if not page or not parent or page.pk == parent.pk or parent.is_descendant_of(page):
            return
        if not parent.get_children().filter(slug=page.slug).exists():
            page.move(parent, pos="last-child")

    @rule(pk=pages)
    def unpublish(self, pk):
        if (page := self.fresh(pk)) and page.live and not page.alias_of_id:
            page.unpublish()

    @rule(pk=pages)
    def expire(self, pk):
        if (page := self.fresh(pk)) and not page.alias_of_id:
            page.expire_at = timezone.now() - timedelta(minutes=1)
            page.save_revision(clean=False)
            page.unpublish(set_expired=True)

    @rule(pk=pages)
    def delete(self, pk):
        if page := self.fresh(pk):
            page.delete()

    @invariant()
    def every_page_is_for_its_readers(self):
        rows = dict(StandardPage.objects.values_list("pk", "audience"))
        assert rows == {pk: self.readers[pk] for pk in rows}

    @rule()
    def look_around(self):
        """Check that a visitor's pages and lists contain exactly what the model calls open."""
        rows = list(StandardPage.objects.select_related("locale"))
        closed = [page for page in rows if self.readers[page.pk] == Audience.MEMBERS or not page.live]
        for page in closed:
            assert self.client.get(page.url).status_code == 404
        shown = "".join(
            self.client.get(address.format(code)).content.decode() for address in ADDRESSES for code in ("en", "tr")
        ) + "".join(self.client.get(address).content.decode() for address in EVERYWHERE)
        for page in closed:
            assert f'{page.url}"' not in shown
            assert f"{page.url}<" not in shown
        visible = {page.url for page in StandardPage.objects.visible_to(AnonymousUser())}
        assert {link["url"] for code in ("en", "tr") for link in public_pages(code)} <= visible
        assert visible == {page.url for page in rows} - {page.url for page in closed}

    def teardown(self):
        self.look_around()


class TestAudience(TestCase):
    def test_no_order_of_steps_opens_what_its_original_keeps_closed(self):
        home = set_up_site()
        turkish = home.copy_for_translation(Locale.objects.get(language_code="tr"))
        turkish.live = True
        turkish.save()
        assert Page.objects.filter(depth=2).count() == 2
        run_state_machine_as_test(
            Pages,
            settings=settings(
                max_examples=5,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                # A failure lists its steps. Shrinking it would take minutes.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
