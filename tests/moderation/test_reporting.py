"""Reports by members: moderators are notified once, and settling one settles it for all."""

import pytest
from django.urls import reverse

from community.models import SupportOrganisation
from moderation.errors import ModerationError, RefusedError
from moderation.hiding.hiding import hide
from moderation.models import Report
from moderation.reports import settling
from moderation.reports.waiting import WaitingReports
from notifications.models import Message

from .. import factories
from ..groups.factories import AdoptionFactory, CommentFactory, PracticeFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    return PracticeFactory(published=True)


def told(person) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_reported_once_per_person_and_settled_for_all(practice):
    comment = CommentFactory(practice=practice)
    person, moderator = factories.member(), factories.moderator("TR")
    for _again in range(2):
        settling.report(kind="comment", about_id=comment.pk, by=person, reason="Rude")
    settling.report(kind="comment", about_id=comment.pk, by=factories.member(), reason="Rude, too")
    assert settling.open_reports(moderator).count() == 2
    assert settling.open_reports(factories.moderator("PT")).count() == 0
    assert settling.open_reports(person).count() == 0
    with pytest.raises(RefusedError):
        settling.keep(report=Report.objects.first(), by=factories.moderator("PT"))
    settling.keep(report=Report.objects.first(), by=moderator)
    assert settling.open_reports(moderator).count() == 0


def test_hiding_settles(practice):
    comment = CommentFactory(practice=practice)
    settling.report(kind="comment", about_id=comment.pk, by=factories.member(), reason="Rude")
    hide(thing=comment, by=factories.moderator("TR"), reason="Rude")
    assert Report.objects.get().outcome == "hidden"


def test_moderators_of_the_country_hear_of_each_thing_once_until_it_is_settled(practice):
    comment = CommentFactory(practice=practice)
    tr, pt, central = factories.moderator("TR"), factories.moderator("PT"), factories.moderator()
    colleague = factories.MembershipFactory(school=comment.school).user
    SupportOrganisation.objects.get(moderators=tr).moderators.add(colleague)
    for person in (factories.member(), factories.member(), tr):
        settling.report(kind="comment", about_id=comment.pk, by=person, reason="Rude")
    assert {person: told(person).count("moderation/reported") for person in (tr, pt, central, colleague)} == {
        tr: 1,
        pt: 0,
        central: 0,
        # A member of the author's school must not decide about it.
        colleague: 0,
    }
    settling.keep(report=Report.objects.first(), by=tr)
    settling.report(kind="comment", about_id=comment.pk, by=factories.member(), reason="Still rude")
    assert told(tr).count("moderation/reported") == 2


def test_what_no_country_looks_after_is_told_to_the_central_moderators():
    writer, central, tr = factories.moderator(), factories.moderator(), factories.moderator("TR")
    topic = TopicFactory(school=None, author=writer)
    settling.report(kind="topic", about_id=topic.pk, by=factories.member(), reason="Odd")
    assert [told(person) for person in (writer, central, tr)] == [[], ["moderation/reported"], []]


def test_what_cannot_be_reported(practice):
    comment = CommentFactory(practice=practice)
    with pytest.raises(RefusedError, match="can read"):
        settling.report(kind="comment", about_id=comment.pk, by=factories.member(lapsed=True), reason="x")
    with pytest.raises(RefusedError, match="yourself"):
        settling.report(kind="comment", about_id=comment.pk, by=comment.author, reason="x")
    with pytest.raises(ModerationError, match="sentence"):
        settling.report(kind="comment", about_id=comment.pk, by=factories.member(), reason=" ")


def test_a_report_of_a_try_reaches_the_desk():
    tried = AdoptionFactory(needle="NEEDLE")
    settling.report(kind="try", about_id=tried.pk, by=factories.member(), reason="Odd")
    moderator = factories.moderator("TR")
    waiting = WaitingReports()
    report = waiting.find(moderator, waiting.waiting(moderator).get().pk)
    assert "NEEDLE" in waiting.context(moderator, report)["words"]


def test_nobody_decides_about_their_own_words(practice):
    """Another moderator sees the report, even if both are responsible for the same country."""
    writer, other = factories.moderator("TR"), factories.moderator("TR")
    comment = CommentFactory(practice=practice, author=writer)
    report = settling.report(kind="comment", about_id=comment.pk, by=factories.member(), reason="Rude")
    assert [list(settling.open_reports(person)) for person in (writer, other)] == [[], [report]]
    with pytest.raises(RefusedError, match="another moderator"):
        settling.keep(report=report, by=writer)
    settling.keep(report=report, by=other)
    assert Report.objects.get().outcome == "kept"


def test_a_report_of_an_unknown_kind_can_be_seen_and_settled():
    """A room that is no longer installed registers nothing, and its reports remain."""
    report = Report.objects.create(kind="poem", about_id=1, country="TR", reporter=factories.member(), reason="Odd")
    moderator, waiting = factories.moderator("TR"), WaitingReports()
    assert waiting.rows(moderator, [report.pk])[report.pk].asked == "poem, reported once"
    found = waiting.find(moderator, report.pk)
    assert [action.key for action in waiting.actions(moderator, found)] == ["keep"]
    settling.keep(report=report, by=moderator)
    assert settling.open_reports(moderator).count() == 0


def test_an_unknown_kind_cannot_be_reported(client):
    client.force_login(factories.member())
    assert client.get(reverse("report_new", args=["poem", 1])).status_code == 404
    comment = CommentFactory()
    assert client.get(reverse("report_new", args=["comment", comment.pk])).status_code == 200
