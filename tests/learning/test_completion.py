import pytest

from learning.completion import mark_done, mark_undone
from learning.errors import LearningError
from learning.models import Completion

from .. import factories
from .factories import ResourcePageFactory

pytestmark = pytest.mark.django_db


def test_done_once_with_the_title_and_minutes_of_the_day():
    teacher = factories.member()
    page = ResourcePageFactory(title="First title", minutes=30, language="tr")
    first = mark_done(page=page, by=teacher)
    page.title, page.minutes = "Second title", 90
    page.save()

    again = mark_done(page=page, by=teacher)

    assert again.pk == first.pk
    kept = Completion.objects.get()
    assert (kept.title, kept.minutes, kept.language, kept.completed_at) == (
        "First title",
        30,
        "tr",
        first.completed_at,
    )


def test_what_someone_did_outlives_the_page():
    teacher = factories.member()
    page = ResourcePageFactory(title="Gone")
    mark_done(page=page, by=teacher)
    page.delete()
    kept = Completion.objects.of(teacher).get()
    assert (kept.title, kept.page) == ("Gone", None)


def test_undone_touches_only_the_persons_own():
    page = ResourcePageFactory()
    teacher, colleague = factories.member(), factories.member()
    for person in (teacher, colleague):
        mark_done(page=page, by=person)

    mark_undone(page=page, by=teacher)
    mark_undone(page=page, by=teacher)

    assert [row.user for row in Completion.objects.all()] == [colleague]


def test_who_may_mark(personas):
    page = ResourcePageFactory(audience="public")
    marked, refused = set(), set()
    for name, user in personas.named().items():
        if user is None:
            continue
        try:
            mark_done(page=page, by=user)
            marked.add(name)
        except LearningError as error:
            refused.add(str(error))
    assert refused == {"You need to be a member of a labelled school to keep a learning record."}
    assert marked == {"grace", "member", "author", "lead"}


def test_a_draft_cannot_be_done():
    with pytest.raises(LearningError, match="We can’t find this resource"):
        mark_done(page=ResourcePageFactory(live=False), by=factories.member())


def test_total_minutes():
    teacher = factories.member()
    assert Completion.objects.of(teacher).total_minutes() == 0
    for minutes in (20, 45):
        mark_done(page=ResourcePageFactory(minutes=minutes), by=teacher)
    mark_done(page=ResourcePageFactory(minutes=500), by=factories.member())
    assert Completion.objects.of(teacher).total_minutes() == 65
