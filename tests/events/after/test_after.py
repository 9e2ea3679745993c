"""After the event: attendance corrected and imported, feedback, recordings, and what earns a certificate."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from community.models import User
from events.after.attendance import assign_line, correct_attendance, dismiss_line, import_attendance
from events.after.attendance_file import read_participants
from events.after.feedback import give_feedback, refusal_to_feedback, results
from events.after.materials import add_material, hold_back, release, remove_material
from events.errors import EventsError
from events.models import AttendanceLine, Feedback, Material, Registration

from ... import factories
from ..factories import EventPageFactory, RegistrationFactory
from ..test_views import client_of, text

pytestmark = pytest.mark.django_db

ANSWERS = {"overall": 4, "useful": 5, "technique": 3, "liked": "", "better": ""}


@pytest.fixture
def event():
    return EventPageFactory(over=True, slug="veiled", capacity=None)


def row_of(event, name: str = "", *, came: bool = False, **fields) -> Registration:
    row = RegistrationFactory(event=event, attended_at=event.starts_at if came else None, **fields)
    if name:
        User.objects.filter(pk=row.user_id).update(name=name)
        row.user.refresh_from_db()
    return row


def who_came(event) -> set[int]:
    return set(Registration.objects.attended().filter(event=event).values_list("pk", flat=True))


# -- Manual corrections ----------------------------------------------------------------------------


def test_ticks_correct_whom_the_organiser_was_shown_and_nobody_else(event):
    came, stayed, late = row_of(event, came=True), row_of(event), row_of(event, came=True)
    waiting = row_of(event, waiting=True)
    elsewhere = row_of(EventPageFactory(over=True))

    changed = correct_attendance(
        event=event, shown={came.pk, stayed.pk, waiting.pk}, attended={stayed.pk, waiting.pk, elsewhere.pk}
    )

    assert changed == 2
    assert who_came(event) == {stayed.pk, late.pk}
    assert Registration.objects.get(pk=waiting.pk).attended_at is None
    assert Registration.objects.get(pk=elsewhere.pk).attended_at is None


def test_nobody_has_come_before_the_door_opens():
    coming = EventPageFactory()
    row = row_of(coming)
    for act in (
        lambda: correct_attendance(event=coming, shown={row.pk}, attended={row.pk}),
        lambda: import_attendance(event=coming, content=b"Name\nA B\n"),
    ):
        with pytest.raises(EventsError, match="too early to record attendance"):
            act()


# -- Import ----------------------------------------------------------------------------------------

ZOOM = """Name (Original Name),User Email,Join Time,Total Duration (Minutes),Guest
Ayşe Işık,ayse@school.example,2026-11-01,40,No
"Silva, João",,2026-11-01,55,Yes
Unknown Phone 42,,2026-11-01,3,Yes
"""
TEAMS = (
    "1. Summary\nMeeting title\tPlanning\n\n2. Participants\n"
    "Name\tFirst Join\tIn-Meeting Duration\tEmail\nAyşe Işık\t1/1\t1h 2m 3s\tAYSE@school.example\n"
    "João Silva\t1/1\t55m\t\n\n3. In-Meeting Activities\nName\tJoin\nSomebody\t1/1\n"
)
BIGBLUEBUTTON = "Name;Moderator;Duration\nIŞIK Ayşe;FALSE;00:40:10\nJoao Silva;FALSE;01:05:00\n;FALSE;00:01:00\n"


@pytest.mark.parametrize(
    ("content", "minutes"),
    [
        (ZOOM.encode("utf-8-sig"), [40, 55, 3]),
        (TEAMS.encode("utf-16"), [62, 55]),
        (BIGBLUEBUTTON.encode("cp1254"), [40, 65]),
        # More digits than Python and the database accept as a number, so not a duration.
        (f"Name,Duration\nIşık Ayşe,{'9' * 5000} min\nJoão Silva,{'9' * 5000}:00:00\n".encode(), [None, None]),
    ],
)
def test_lists_of_each_provider_are_read(event, content, minutes):
    first, second = row_of(event, "Ayşe Işık"), row_of(event, "João Silva")
    stayed = row_of(event, "Somebody")
    User.objects.filter(pk=first.user_id).update(email="ayse@school.example")

    import_attendance(event=event, content=content)

    assert [participant.minutes for participant in read_participants(content)[0]] == minutes
    assert who_came(event) == {first.pk, second.pk}
    assert stayed.pk not in who_came(event)


def test_unknown_names_are_reported_line_by_line_and_nothing_is_lost(event):
    ayse = row_of(event, "Ayşe Işık")
    twins = [row_of(event, "Maria Rossi"), row_of(event, "Maria Rossi")]
    content = b"Name,Email\nAyse Isik,\nMaria Rossi,\nGhost,ghost@x.example\n,nobody@x.example\n"

    report = import_attendance(event=event, content=content)

    assert report.known == 1
    assert [(line.line, line.name) for line in report.unknown] == [(3, "Maria Rossi"), (4, "Ghost")]
    assert report.notes == ["Line 5 has no name, so we skipped it."]
    assert who_came(event) == {ayse.pk}

    maria, ghost = AttendanceLine.objects.filter(event=event).open()
    assign_line(line=maria, registration=twins[1])
    dismiss_line(line=ghost)
    # Importing the same file again keeps the organiser's decisions.
    again = import_attendance(event=event, content=content)

    assert again.unknown == []
    assert who_came(event) == {ayse.pk, twins[1].pk}
    assert AttendanceLine.objects.count() == 3


def test_a_line_is_given_only_to_people_of_the_event(event):
    line = AttendanceLine.objects.create(event=event, line=2, name="X")
    for stranger in (row_of(EventPageFactory(over=True)), row_of(event, cancelled=True)):
        with pytest.raises(EventsError, match="doesn’t have a place"):
            assign_line(line=line, registration=stranger)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column"),
        (b"a,b\n1,2\n", "no column"),
        (b"PK\x03\x04rest", "isn’t a CSV"),
        (b"Name\n\n", "no names in the list"),
        (b"Name\n" + b"x\n" * 6000, "more than 5000"),
        (b"Name\n" + b"x" * (3 * 1024 * 1024), "larger than 2 MB"),
        (b'Name,Email\n"unclosed ' + b"x" * 200_000, "damaged"),
    ],
)
def test_files_that_are_no_list_are_refused_in_words(event, content, says):
    with pytest.raises(EventsError, match=says):
        import_attendance(event=event, content=content)
    assert not AttendanceLine.objects.exists()


# -- Feedback -----------------------------------------------------------------------------------


def test_feedback_is_once_for_each_who_took_part_and_changeable(event):
    row = row_of(event, came=True)

    give_feedback(event=event, by=row.user, answers=ANSWERS)
    give_feedback(event=event, by=row.user, answers={**ANSWERS, "overall": 1})

    assert Feedback.objects.get().overall == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(registration=row, **ANSWERS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(overall=6)


def test_who_gives_feedback_and_when(event):
    came, missed = row_of(event, came=True), row_of(event)
    assert refusal_to_feedback(event=event, by=came.user) == ""
    assert refusal_to_feedback(event=event, by=missed.user) == "Only people who took part can give feedback."
    with time_machine.travel(event.ends_at - timedelta(seconds=1), tick=False):
        assert "You can give feedback when the event is over" in refusal_to_feedback(event=event, by=came.user)
    with time_machine.travel(event.ends_at + timedelta(days=30), tick=False):
        assert "closed" in refusal_to_feedback(event=event, by=came.user)
    with pytest.raises(EventsError):
        give_feedback(event=event, by=missed.user, answers=ANSWERS)


def test_results_are_shown_from_five_answers_on(event, personas):
    client = client_of(personas.organiser)
    pages = []
    for number in range(5):
        row = row_of(event, came=True)
        give_feedback(event=event, by=row.user, answers={**ANSWERS, "liked": f"feedback-needle {number}"})
        pages.append(text(client.get("/en/events/veiled/organise/figures/")))
        assert (results(event) is None) == (number < 4)

    assert ["feedback-needle" in page for page in pages] == [False, False, False, False, True]
    assert results(event)["overall"] == 4
    assert results(event)["overall_counts"] == [(5, 0), (4, 5), (3, 0), (2, 0), (1, 0)]
    # The last page shows answers, but never who gave them.
    names = User.objects.filter(registrations__event=event).values_list("name", flat=True)
    assert not any(f">{name}<" in pages[-1] for name in names)


def test_attended_and_feedback_together_earn_the_certificate(event):
    came = row_of(event, came=True)
    client = client_of(came.user)
    page = text(client.get("/en/events/veiled/"))
    assert "On the way to a certificate" in page
    assert list(Registration.objects.earned()) == []

    answer = client.post("/en/events/veiled/feedback/", ANSWERS)

    assert answer["Location"] == "/en/events/veiled/"
    assert list(Registration.objects.earned()) == [came]
    assert "You’ve earned a certificate" in text(client.get("/en/events/veiled/"))


def test_an_incomplete_form_keeps_what_was_typed(event):
    came = row_of(event, came=True)
    answer = client_of(came.user).post("/en/events/veiled/feedback/", {"liked": "kept-text"})
    assert answer.status_code == 422
    assert "kept-text" in text(answer)
    assert not Feedback.objects.exists()


# -- Recording and materials --------------------------------------------------------------------

PDF = b"%PDF-1.7 tiny"


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("slides.pdf", PDF, "application/pdf")


def test_materials_are_held_until_released_and_then_for_those_they_are_for(
    event, personas, django_capture_on_commit_callbacks
):
    row_of(event, user=personas.author)
    row_of(event, user=personas.grace, cancelled=True)
    # The reference index is updated after the commit.
    with django_capture_on_commit_callbacks(execute=True):
        slides = add_material(event=event, title="Slides", file=pdf(), readers="registrants", by=personas.organiser)
    video = add_material(
        event=event, title="Video", url="https://video.example/needle", readers="members", by=personas.organiser
    )

    def opens(material) -> set[str]:
        return {
            name
            for name, user in personas.named().items()
            if client_of(user).get(f"/en/events/veiled/materials/{material.pk}/").status_code == 302
        }

    assert opens(slides) == opens(video) == set()
    release(material=slides)
    release(material=video)
    assert opens(slides) == {"author"}
    assert opens(video) == {"grace", "member", "author", "lead", "organiser", "moderator", "other_moderator"}
    # The file itself is protected by the file gate.
    slides.refresh_from_db()
    assert client_of(personas.author).get(slides.document.url).status_code == 200
    assert client_of(personas.member).get(slides.document.url).status_code == 404
    # Only the redirect reveals an external address.
    page = client_of(personas.member).get("/en/events/veiled/")
    assert "Video" in text(page)
    assert "video.example" not in text(page)
    hold_back(material=slides)
    assert opens(slides) == set()
    assert client_of(personas.author).get(slides.document.url).status_code == 404


def test_no_recording_without_consent(event, personas):
    recording = add_material(
        event=event,
        title="Recording",
        url="https://video.example/x",
        is_recording=True,
        readers="registrants",
        by=personas.organiser,
    )
    with pytest.raises(EventsError, match="who agreed"):
        release(material=recording)
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.update(live=True)
    release(material=recording, consent="Both speakers, by mail")
    recording.refresh_from_db()
    assert (recording.live, recording.consent) == (True, "Both speakers, by mail")


@pytest.mark.parametrize("fields", [{}, {"file": True, "url": "https://video.example/x"}])
def test_material_is_a_file_or_an_address(event, personas, fields):
    given = {**fields, **({"file": pdf()} if "file" in fields else {})}
    with pytest.raises(EventsError, match="either"):
        add_material(event=event, title="T", readers="members", by=personas.organiser, **given)


def test_removing_takes_the_file_along(event, personas):
    material = add_material(event=event, title="S", file=pdf(), readers="members", by=personas.organiser)
    document = material.document
    remove_material(material=material)
    assert not Material.objects.exists()
    assert not type(document).objects.filter(pk=document.pk).exists()


def test_a_wrong_file_is_refused_in_words(event, personas):
    with pytest.raises(EventsError, match="isn’t a PDF"):
        add_material(
            event=event,
            title="S",
            file=SimpleUploadedFile("a.pdf", b"MZ"),
            readers="members",
            by=personas.organiser,
        )


def test_a_file_counts_among_those_that_a_person_sends(event, personas, settings):
    settings.ACCOUNT_RATE_LIMITS = {"upload": "1/m/user"}
    given = {"event": event, "title": "S", "readers": "members", "by": personas.organiser}
    add_material(file=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), **given)
    with pytest.raises(EventsError, match="a lot in a short time"):
        add_material(file=SimpleUploadedFile("b.pdf", b"%PDF-1.7"), **given)
    add_material(url="https://video.example/x", **given)


def test_a_lapsed_registrant_finds_nothing_of_it(event):
    row = row_of(event, user=factories.member(lapsed=True))
    material = Material.objects.create(event=event, title="S", url="https://video.example/x", live=True)
    assert list(Material.objects.visible_to(row.user)) == []
    assert client_of(row.user).get(f"/en/events/veiled/materials/{material.pk}/").status_code == 404
