"""Pages in each order have no gaps or repetitions, including those served from the index."""

import pytest
from django.utils import timezone

from groups.practices.finding import paging

from ....factories import member
from ...factories import PracticeFactory
from ..writing.posting import as_

pytestmark = pytest.mark.django_db

KEYS = {
    "new": lambda practice: practice.first_published_at,
    "saved": lambda practice: practice.saves_count,
    "adopted": lambda practice: practice.adoptions_count + practice.adaptations_count,
}


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize(("query", "most_keys"), [("", 1000), ("&pillar=agency", 1000), ("&pillar=agency", 5)])
def test_every_order_goes_there_and_back(client, monkeypatch, sort, query, most_keys):
    monkeypatch.setattr(paging, "MOST_KEYS", most_keys)
    now = timezone.now()
    practices = [
        PracticeFactory(
            live=True,
            first_published_at=now,
            saves_count=number % 3,
            adoptions_count=number % 2,
            adaptations_count=number % 5,
        )
        for number in range(45)
    ]
    PracticeFactory.create_batch(5, published=True, pillars=["leadership"], saves_count=2)
    expected = list(practices) if query else list(type(practices[0]).objects.all())
    expected = [practice.pk for practice in sorted(expected, key=lambda p: (KEYS[sort](p), p.pk), reverse=True)]
    as_(client, member())
    address, pages = f"/en/practices/?sort={sort}{query}", []
    while address:
        pages.append(client.get(address).context["page"])
        address = pages[-1].following and "/en/practices/" + pages[-1].following
    assert [practice.pk for page in pages for practice in page.practices] == expected
    back = client.get("/en/practices/" + pages[-1].preceding).context["page"]
    assert [practice.pk for practice in back.practices] == expected[20:40]
    first = client.get("/en/practices/" + back.preceding).context["page"]
    assert ([practice.pk for practice in first.practices], first.preceding) == (expected[:20], "")
