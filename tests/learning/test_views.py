from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.search import matching
from learning.completion import mark_done
from learning.models import Completion, ResourcePage

from ..factories import today
from .factories import ResourcePageFactory, learning_index

pytestmark = pytest.mark.django_db

NEEDLES = ("needle-title", "needle-summary", "needle-text", "needle-quote", "needle-point", "needle-video")
BODY = [
    ("heading", "A heading"),
    ("text", "<p>needle-text</p>"),
    ("quote", {"text": "needle-quote", "source": ""}),
    ("checklist", {"title": "", "items": ["needle-point"]}),
    ("video", {"url": "https://youtu.be/abcdefghijk", "title": "needle-video"}),
]


def resource(**fields):
    return ResourcePageFactory(
        **{"title": "needle-title", "summary": "needle-summary", "slug": "veiled", "body": BODY, **fields}
    )


def client_of(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text(response) -> str:
    return f"{response.headers} {response.content.decode()}"


def bare(response, address: str) -> str:
    """Return the page without its own address, which the language links contain."""
    return response.content.decode().replace(address.removeprefix("/en"), "")


def test_a_resource_for_members_is_absent_for_everyone_else(personas):
    page = resource()
    pairs = {
        "/en/learning/veiled/": "/en/learning/absent/",
        f"/en/learning/{page.pk}/done/": f"/en/learning/{page.pk + 100000}/done/",
        f"/en/learning/{page.pk}/undone/": f"/en/learning/{page.pk + 100000}/undone/",
    }
    for name in ("anonymous", "outsider", "lapsed", "revoked"):
        client = client_of(personas.named()[name])
        for hidden, absent in pairs.items():
            for ask in (client.get, client.post, client.head, client.options):
                hidden_answer, absent_answer = ask(hidden), ask(absent)
                assert hidden_answer.status_code == absent_answer.status_code == 404, (name, hidden)
                assert bare(hidden_answer, hidden) == bare(absent_answer, absent)
                assert not [needle for needle in NEEDLES if needle in text(hidden_answer)]
        for listing in ("/en/learning/", "/en/learning/?level=starter"):
            answer = client.get(listing)
            assert answer.status_code == 200
            assert "needle" not in text(answer)
    for name in ("grace", "member", "author", "lead", "organiser", "moderator", "other_moderator"):
        client = client_of(personas.named()[name])
        answer = client.get("/en/learning/veiled/")
        assert [needle for needle in NEEDLES if needle in text(answer)] == list(NEEDLES), name
        assert "needle-title" in text(client.get("/en/learning/"))
        assert answer["Cache-Control"] == "private, no-store"
    assert not Completion.objects.exists()


def test_marking_and_unmarking(personas):
    page = resource()
    client = client_of(personas.member)
    assert f'action="/en/learning/{page.pk}/done/"' in text(client.get("/en/learning/veiled/"))

    for _ in range(2):
        answer = client.post(f"/en/learning/{page.pk}/done/")
        assert (answer.status_code, answer["Location"]) == (302, "/en/learning/veiled/")
    assert [row.user for row in Completion.objects.all()] == [personas.member]
    assert "You’ve done this" in text(client.get("/en/learning/veiled/"))
    assert "Done</span>" in text(client.get("/en/learning/"))
    assert "Done</span>" not in text(client_of(personas.author).get("/en/learning/"))

    for _ in range(2):
        client.post(f"/en/learning/{page.pk}/undone/")
    assert not Completion.objects.exists()


def test_the_day_is_the_one_on_the_readers_wall(personas):
    personas.member.time_zone = "Europe/Istanbul"
    personas.member.save()
    mark_done(page=resource(), by=personas.member)
    Completion.objects.update(completed_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    client = client_of(personas.member)
    for address in ("/en/learning/veiled/", reverse("learning_mine")):
        assert '<time datetime="2026-07-01">1 July 2026</time>' in text(client.get(address))


def test_a_get_marks_nothing(personas):
    page = resource()
    client = client_of(personas.member)
    mark_done(page=page, by=personas.author)
    for action in ("done", "undone"):
        assert client.get(f"/en/learning/{page.pk}/{action}/").status_code == 302
    assert [row.user for row in Completion.objects.all()] == [personas.author]


def test_a_moderator_without_a_school_reads_but_does_not_mark(personas):
    page = resource()
    client = client_of(personas.moderator)
    assert "/done/" not in text(client.get("/en/learning/veiled/"))
    answer = client.post(f"/en/learning/{page.pk}/done/")
    assert answer.status_code == 403
    assert "You need to be a member of a labelled school to keep a learning record" in text(answer)


def test_what_i_have_done_is_mine_alone(personas):
    answer = client_of(None).get("/en/learning/mine/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/accounts/login/?next=%2Fen%2Flearning%2Fmine%2F")
    page = resource(minutes=45)
    mark_done(page=page, by=personas.member)
    mine = text(client_of(personas.member).get("/en/learning/mine/"))
    assert 'href="/en/learning/veiled/"' in mine
    assert "45 minutes" in mine
    others = client_of(personas.author).get("/en/learning/mine/")
    assert "needle" not in text(others)
    assert "Nothing yet" in text(others)


def test_after_the_label_the_record_stays_without_a_way_in(personas):
    page = resource(minutes=45)
    mark_done(page=page, by=personas.member)
    school = personas.member.memberships.get().school
    school.labels.update(starts_on=today() - timedelta(days=900), ends_on=today() - timedelta(days=400))

    answer = client_of(personas.member).get("/en/learning/mine/")

    assert answer.status_code == 200
    assert "needle-title" in text(answer)
    assert "45 minutes" in text(answer)
    assert "veiled" not in text(answer)
    assert not [needle for needle in NEEDLES[1:] if needle in text(answer)]


def titles(response) -> list[str]:
    return [page.title for page in response.context["resources_page"].object_list]


def test_filters_and_paging(personas):
    for number in range(13):
        ResourcePageFactory(title=f"S {number}", pillars=["agency"], level="starter")
    ResourcePageFactory(title="İleri", language="tr", pillars=["role_model", "agency"], level="advanced")
    client = client_of(personas.member)

    assert titles(client.get("/en/learning/?level=advanced")) == ["İleri"]
    assert titles(client.get("/en/learning/?language=tr")) == ["İleri"]
    assert titles(client.get("/en/learning/?pillar=role_model")) == ["İleri"]
    assert titles(client.get("/en/learning/?pillar=role_model&level=starter")) == []
    assert "No resources match" in text(client.get("/en/learning/?pillar=role_model&level=starter"))
    assert len(titles(client.get("/en/learning/?pillar=agency"))) == 12
    second = client.get("/en/learning/?pillar=agency&page=2")
    assert len(titles(second)) == 2
    assert 'href="?pillar=agency&amp;page=1"' in text(second)
    for nonsense in ("pillar=%25", "level='", "language=%00", "page=-1"):
        assert len(titles(client.get(f"/en/learning/?{nonsense}"))) in {2, 12}


def test_search_finds_words_without_tags():
    page = resource(body=[("text", "<p>Bir <b>ışık</b></p>"), ("checklist", {"title": "Liste", "items": ["madde"]})])
    assert list(matching(ResourcePage.objects.all(), "isik madde liste")) == [page]
    assert "<" not in page.search_text


def test_rules_of_a_resource():
    for fields, field in (({"minutes": 0}, "minutes"), ({"slug": "mine"}, "slug"), ({"level": "x"}, "level")):
        with pytest.raises(ValidationError) as refused:
            ResourcePageFactory(**fields)
        assert list(refused.value.message_dict) == [field]


def test_pages_stand_only_where_they_belong():
    assert ResourcePage.allowed_parent_page_models() == [type(learning_index())]
    assert type(learning_index()).allowed_subpage_models() == [ResourcePage]
    assert ResourcePage.allowed_subpage_models() == []


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_do_not_grow(personas):
    client = client_of(personas.member)
    addresses = ("/en/learning/", "/en/learning/veiled/", "/en/learning/mine/")
    mark_done(page=resource(), by=personas.member)
    few = [queries(client, address) for address in addresses]
    for number in range(29):
        mark_done(page=ResourcePageFactory(title=f"R {number}", body=BODY), by=personas.member)
    many = [queries(client, address) for address in addresses]
    assert many == few
    assert max(many) <= 10
