"""The organiser's page: who may use it, its forms, and the export of its figures."""

import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from zeal import zeal_ignore

from community.models import User
from events.errors import EventsError
from events.models import Announcement, AttendanceLine, GuestPass, Material, Recipients, Registration
from events.organisers.announcing import announce, tell
from events.organisers.figures import by_school, figures_of, workbook
from notifications.models import Message

from ... import factories
from ..factories import SECRET_ADDRESS, EventPageFactory, RegistrationFactory
from ..test_views import client_of, text

pytestmark = pytest.mark.django_db

BASE = "/en/events/veiled/organise/"
TABS = ("", "attendance/", "message/", "materials/", "guests/", "figures/", "figures.xlsx")


@pytest.fixture
def event():
    return EventPageFactory(over=True, slug="veiled", capacity=None)


@pytest.fixture
def host(event):
    """Return a member named as an organiser of the event."""
    person = factories.member()
    event.organisers.add(person)
    event.save()
    return person


def announcing(event, by, subject="Hello", **fields):
    return announce(
        event=event, by=by, **{"recipients": Recipients.CONFIRMED, "subject": subject, "text": "Bring paper.", **fields}
    )


def test_every_tab_is_for_organisers_and_never_tells_the_address(event, host, personas):
    RegistrationFactory(event=event, user=personas.member)
    for tab in TABS:
        for person, status in ((host, 200), (personas.moderator, 200), (personas.member, 403), (personas.lapsed, 404)):
            answer = client_of(person).get(BASE + tab)
            assert answer.status_code == status, (tab, status)
            assert SECRET_ADDRESS.encode() not in answer.content
        assert "only for the event’s organisers" in text(client_of(personas.member).get(BASE + tab))


def test_a_lapsed_organiser_organises_nothing(event):
    person = factories.member(lapsed=True)
    event.organisers.add(person)
    event.save()
    assert client_of(person).get(BASE).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("tab", ["", "attendance/", "figures/"])
def test_pages_ask_as_much_for_thirty_as_for_one(event, host, rows, tab, django_assert_max_num_queries):
    for _number in range(rows):
        RegistrationFactory(event=event)
    client = client_of(host)
    client.get(BASE + tab)
    with django_assert_max_num_queries(11):
        assert client.get(BASE + tab).status_code == 200


def test_attendance_is_saved_from_the_form(event, host):
    came, stayed = RegistrationFactory(event=event), RegistrationFactory(event=event)
    client_of(host).post(BASE + "attendance/", {"shown": [came.pk, stayed.pk], "attended": [came.pk]})
    assert set(Registration.objects.attended()) == {came}
    page = text(client_of(host).get(BASE + "attendance/"))
    assert "1 of 2 people took part" in page
    assert "Didn’t attend" in page


def test_a_list_is_imported_and_its_unknown_lines_are_answered(event, host):
    row = RegistrationFactory(event=event)
    User.objects.filter(pk=row.user_id).update(name="Ayşe Işık")
    client = client_of(host)
    upload = SimpleUploadedFile("list.csv", b"Name\nAyse Isik\nGhost\n<script>\n")

    page = text(client.post(BASE + "attendance/import/", {"file": upload}))

    assert "1 person on the list took part." in page
    assert "Line 3: Ghost" in page
    assert "Line 4: &lt;script&gt;" in page
    ghost, script = AttendanceLine.objects.open()
    client.post(f"{BASE}attendance/{ghost.pk}/", {"registration": row.pk, "do": "assign"})
    client.post(f"{BASE}attendance/{script.pk}/", {"do": "dismiss"})
    assert not AttendanceLine.objects.open().exists()
    wrong = client.post(BASE + "attendance/import/", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert wrong.status_code == 422
    assert "The file has no column called Name" in text(wrong)


def test_lines_of_other_events_are_absent(event, host):
    line = AttendanceLine.objects.create(event=EventPageFactory(over=True), line=2, name="Elsewhere")
    assert client_of(host).post(f"{BASE}attendance/{line.pk}/", {"do": "dismiss"}).status_code == 404


def test_materials_from_the_form(event, host):
    client = client_of(host)
    both = {"title": "T", "url": "https://video.example/x", "readers": "members", "file": pdf()}
    refused = client.post(BASE + "materials/", both)
    assert refused.status_code == 422
    assert "Add either a file or a web address." in text(refused)

    client.post(BASE + "materials/", {"title": "T", "readers": "members", "file": pdf()})
    material = Material.objects.get()
    client.post(f"{BASE}materials/{material.pk}/", {"do": "release"})
    material.refresh_from_db()
    assert material.live
    client.post(f"{BASE}materials/{material.pk}/", {"do": "hold"})
    client.post(f"{BASE}materials/{material.pk}/", {"do": "remove"})
    assert not Material.objects.exists()


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("slides.pdf", b"%PDF-1.7 tiny", "application/pdf")


def test_guests_from_the_form():
    coming = EventPageFactory(slug="veiled")
    host = factories.moderator()
    client = client_of(host)
    client.post(BASE + "guests/", {"name": "Ada", "email": "ada@museum.example", "language": "en"})
    guest = GuestPass.objects.get()
    assert guest.event_id == coming.pk
    client.post(f"{BASE}guests/{guest.pk}/")
    guest.refresh_from_db()
    assert guest.revoked_at


# -- Messages -----------------------------------------------------------------------------------


def test_each_is_told_once_however_often_it_is_sent(event, host, django_capture_on_commit_callbacks):
    people = [RegistrationFactory(event=event).user_id for _ in range(3)]
    RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event, cancelled=True)
    with django_capture_on_commit_callbacks(execute=True):
        announcing(event, host)
        announcing(event, host)
    tell.call(Announcement.objects.get().pk)

    told = Message.objects.filter(kind="events/announcement")
    assert sorted(told.values_list("recipient", flat=True)) == people
    assert "Bring paper." in told[0].text


def test_a_killed_run_goes_on_where_it_stopped(event, host, monkeypatch, django_capture_on_commit_callbacks):
    for _number in range(3):
        RegistrationFactory(event=event)
    announcement = announcing(event, host)
    Message.objects.create(
        recipient=event.registrations.first().user,
        address="a@b.example",
        kind="events/announcement",
        key=f"event-{event.pk}-announcement-{announcement.pk}",
        subject="",
        html="",
    )
    tell.call(announcement.pk)
    assert Message.objects.filter(kind="events/announcement").count() == 3


def test_three_messages_a_day(event, host):
    RegistrationFactory(event=event)
    for number in range(3):
        announcing(event, host, f"Number {number}")
    with pytest.raises(EventsError, match="You can send more tomorrow"):
        announcing(event, host, "One more")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        announcing(event, host, "One more")


@pytest.mark.parametrize(
    ("recipients", "reached"),
    [
        ("confirmed", {"came", "missed"}),
        ("waiting", {"waits"}),
        ("running", {"came", "missed", "waits"}),
        ("attended", {"came"}),
    ],
)
def test_whom_a_message_reaches(event, host, recipients, reached):
    rows = {
        "came": RegistrationFactory(event=event, attended_at=event.starts_at),
        "missed": RegistrationFactory(event=event),
        "waits": RegistrationFactory(event=event, waiting=True),
        "gone": RegistrationFactory(event=event, cancelled=True),
    }
    tell.call(announcing(event, host, recipients=recipients).pk)
    told = set(Message.objects.filter(kind="events/announcement").values_list("recipient", flat=True))
    assert {name for name, row in rows.items() if row.user_id in told} == reached


def test_nobody_to_write_to(event, host):
    with pytest.raises(EventsError, match="no one to write to"):
        announcing(event, host)


def test_a_message_is_text_not_markup(event, host, django_capture_on_commit_callbacks):
    RegistrationFactory(event=event)
    with django_capture_on_commit_callbacks(execute=True):
        announcing(event, host, text="<img src=x onerror=alert(1)>")
    assert "<img" not in Message.objects.get(kind="events/announcement").html


# -- Figures ------------------------------------------------------------------------------------


def test_figures_count_each_kind_and_nobody_is_missed_before_the_end(event):
    school = factories.SchoolFactory(labelled=True, name="Ada")
    for came in (True, True, False):
        RegistrationFactory(event=event, school=school, attended_at=event.starts_at if came else None)
    RegistrationFactory(event=event, waiting=True)
    RegistrationFactory(event=event, cancelled=True)

    figures = figures_of(event)

    assert (figures.registered, figures.confirmed, figures.waiting, figures.cancelled) == (5, 3, 1, 1)
    assert (figures.attended, figures.missed, figures.rate) == (2, 1, 67)
    (row,) = by_school(event)
    assert (row["school__name"], row["confirmed"], row["attended"]) == ("Ada", 3, 2)
    with time_machine.travel(event.starts_at, tick=False):
        assert figures_of(event).missed == 0


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_spreadsheet_runs_as_a_formula(event, sign):
    row = RegistrationFactory(event=event, answers=[{"id": "1", "label": f"{sign}1+1", "answer": "x"}])
    User.objects.filter(pk=row.user_id).update(name=f"{sign}HYPERLINK(1)")

    book = openpyxl.load_workbook(io.BytesIO(workbook(event)))

    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if str(cell.value).startswith(sign)]
    assert f"'{sign}HYPERLINK(1)" in {cell.value for cell in cells}


def test_what_no_spreadsheet_holds_keeps_no_list_from_organisers(event):
    row = RegistrationFactory(event=event, answers=[{"id": "1", "label": "Diet", "answer": "none\x0bat all"}])
    User.objects.filter(pk=row.user_id).update(name="\x01=HYPERLINK(1)")

    book = openpyxl.load_workbook(io.BytesIO(workbook(event)))

    cells = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {"'=HYPERLINK(1)", "Diet: noneat all"} <= set(cells)


# -- Places out of turn ------------------------------------------------------------------------------


def test_an_organiser_gives_a_place_out_of_turn_without_the_admin():
    event = EventPageFactory(slug="coming", capacity=1)
    host = factories.member()
    event.organisers.add(host)
    event.save()
    holder = RegistrationFactory(event=event)
    first, second = (RegistrationFactory(event=event, waiting=True) for _number in range(2))
    client = client_of(host)
    page = "/en/events/coming/organise/"
    give = f"{page}{second.pk}/give/"
    assert text(client.get(page)).count("Give a place") == 2

    assert client_of(holder.user).post(give, {"adds_place": "1"}).status_code == 403
    assert client.get(give).status_code == 405
    assert "All places are taken" in text(client.post(give, follow=True))
    # The event gets one more place, which publishes it again.
    with zeal_ignore():
        assert "has a place." in text(client.post(give, {"adds_place": "1"}, follow=True))

    states = dict(Registration.objects.filter(event=event).values_list("pk", "state"))
    assert states == {holder.pk: "confirmed", first.pk: "waiting", second.pk: "confirmed"}
    stranger = RegistrationFactory(waiting=True)
    assert client.post(f"{page}{stranger.pk}/give/", {"adds_place": "1"}).status_code == 404


def test_after_the_event_nobody_is_offered_to_give_places(event, host):
    RegistrationFactory(event=event, waiting=True)
    assert "Give a place" not in text(client_of(host).get(BASE))
