"""Queries about practices: who sees which, what is missing, who may edit or review one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from content.search import matching
from groups.practices.models import Practice
from groups.practices.writing import save_draft, submit

from ...factories import MembershipFactory, SchoolFactory, member, moderator
from ..factories import PracticeFactory, PracticeImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices(personas) -> dict[str, Practice]:
    """Create one of each, all from the author's school; `theirs` is someone else's draft."""
    mine = {"school": personas.school, "author": personas.author}
    return {
        "public": PracticeFactory(published=True, public=True, **mine),
        "members": PracticeFactory(published=True, **mine),
        "draft": PracticeFactory(**mine),
        "public_draft": PracticeFactory(public=True, **mine),
        "theirs": PracticeFactory(public=True),
    }


def seen_by(user, practices) -> set[str]:
    visible = set(Practice.objects.visible_to(user or AnonymousUser()))
    return {name for name, practice in practices.items() if practice in visible}


EVERYONE = {"public"}
READERS = {"public", "members"}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("anonymous", EVERYONE),
        ("outsider", EVERYONE),
        ("lapsed", EVERYONE),
        ("revoked", EVERYONE),
        ("grace", READERS),
        ("member", READERS),
        ("lead", READERS),
        ("organiser", READERS),
        ("moderator", READERS),
        ("other_moderator", READERS),
        ("author", READERS | {"draft", "public_draft"}),
    ],
)
def test_everybody_sees_exactly_theirs(personas, practices, who, sees):
    assert seen_by(personas.named()[who], practices) == sees


def test_a_lapsed_author_still_finds_their_own(personas, practices):
    personas.school.labels.update(ends_on=timezone.now().date() - timedelta(days=400), starts_on="2020-01-01")
    assert seen_by(personas.author, practices) == {"public", "members", "draft", "public_draft"}


def test_published_of_a_school(personas, practices):
    assert set(Practice.objects.of_school(personas.school)) == {practices["public"], practices["members"]}


def test_newest_first_and_ties_by_key():
    now = timezone.now()
    old, tie_a, tie_b = (
        PracticeFactory(live=True, first_published_at=moment) for moment in (now - timedelta(1), now, now)
    )
    assert list(Practice.objects.published()) == [tie_b, tie_a, old]


def test_moderators_open_submitted_and_published_ones_of_their_countries_only():
    draft, waiting, live = PracticeFactory(), PracticeFactory(), PracticeFactory(published=True)
    abroad = PracticeFactory(published=True, school=SchoolFactory(labelled=True, country="PT"))
    save_draft(practice=waiting, by=waiting.author)
    submit(practice=waiting, by=waiting.author)
    assert set(Practice.objects.moderated_by(moderator("TR"))) == {waiting, live}
    assert set(Practice.objects.moderated_by(moderator())) == {waiting, live, abroad}
    assert set(Practice.objects.moderated_by(member())) == set()
    assert set(Practice.objects.in_queue_of(moderator("TR"))) == {waiting}
    assert set(Practice.objects.in_queue_of(moderator("PT"))) == set()
    assert draft not in Practice.objects.moderated_by(moderator())


def test_no_queue_entry_for_ones_own_school():
    practice = PracticeFactory()
    save_draft(practice=practice, by=practice.author)
    submit(practice=practice, by=practice.author)
    colleague = moderator("TR")
    MembershipFactory(user=colleague, school=practice.school)
    assert set(Practice.objects.in_queue_of(colleague)) == set()
    assert not practice.may_be_reviewed_by(colleague)


def test_search_text_follows_every_save_and_leaves_tags_out():
    practice = PracticeFactory(title="IŞIK", context="<p>Öğrenciler</p>", tools=["Padlet"])
    assert practice.search_text.startswith("isik pupils lead")
    assert "ogrenciler" in practice.search_text
    assert "<p>" not in practice.search_text
    assert set(matching(Practice.objects.all(), "ışık padlet")) == {practice}
    practice.title = "Deniz"
    practice.save()
    assert set(matching(Practice.objects.all(), "ışık")) == set()


def test_an_empty_practice_misses_everything_a_reviewer_needs():
    missing = PracticeFactory(empty=True).missing()
    assert list(missing) == ["summary", "pillars", "levels", "context", "steps", "results", "evidence_strength"]
    assert PracticeFactory().missing() == {}


def test_pictures_need_words_and_consent_that_runs():
    image = PracticeImageFactory(alt="", practice=PracticeFactory())
    practice = Practice.objects.get(pk=image.practice_id)
    assert practice.missing() == {"images": "Describe every picture for readers who can’t see it."}
    consent = "Say who holds the consent for pictures that show pupils, and when it expires."
    today = timezone.now().date()
    ended = "A consent has expired. Renew it or remove the picture."
    for values, said in [
        ({"alt": "A", "shows_pupils": True}, consent),
        ({"consent_holder": "office"}, consent),
        ({"consent_until": today - timedelta(1)}, ended),
        ({"consent_until": today}, None),
    ]:
        type(image).objects.filter(pk=image.pk).update(**values)
        assert Practice.objects.get(pk=practice.pk).missing().get("images") == said


def test_ages_in_order_in_form_and_database():
    practice = PracticeFactory(age_min=12, age_max=12)
    practice.age_max = 11
    with pytest.raises(ValidationError, match="The oldest pupils can’t be younger"):
        practice.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        practice.save()


def test_unknown_keys_are_refused():
    practice = PracticeFactory()
    practice.pillars, practice.countries, practice.tools = ["agency", "evil"], ["TR", "ZZ"], ["x" * 61]
    with pytest.raises(ValidationError) as refused:
        practice.full_clean()
    assert set(refused.value.message_dict) == {"pillars", "countries", "tools"}


def test_a_cover_needs_words():
    practice = PracticeFactory(cover=PracticeImageFactory(practice=PracticeFactory()).image)
    with pytest.raises(ValidationError) as refused:
        practice.full_clean()
    assert set(refused.value.message_dict) == {"cover_alt"}


def test_titles_in_any_script_have_an_address():
    assert PracticeFactory(title="Işık ve gölge").slug == "isik-ve-golge"
    assert PracticeFactory(title="Добра практика").slug == "dobra-praktika"
    assert PracticeFactory(title="!!!").slug == "practice"
    assert PracticeFactory(title="Preview").slug == "preview"


def test_new_rows_are_not_published():
    assert Practice(title="x").live is False
