import io
from datetime import date, timedelta
from threading import Barrier, Thread
from time import sleep

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from community.award_lists import importing as verbs
from community.award_lists import planning as award_plan
from community.award_lists.importing import (
    apply_award_list,
    check_rows,
    import_rows,
    imports_of,
    start_award_list,
    upload_award_list,
)
from community.award_lists.sheets import AwardListError
from community.belonging.invitations import invite, withdraw
from community.errors import CommunityError
from community.models import AwardListImport, Confirmation, Invitation, Label, Outcome, Role, School
from content.gate import find_file
from notifications.models import Message

from ... import factories
from ...notifications.factories import message_for
from .sample_lists import as_csv, award_csv, entry, large_list, table

pytestmark = pytest.mark.django_db


def run(*entries: dict, invite_leads=True, by=None):
    return import_rows(content=award_csv(*entries), by=by, invite_leads=invite_leads)


def said(report) -> list[tuple]:
    return [(result.line, result.outcome.value, result.message) for result in report.results]


def everything() -> dict:
    """Return every row of every table."""
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in apps.get_models()}


def uploaded(*entries: dict, by, invite_leads=True) -> AwardListImport:
    file = SimpleUploadedFile("liste.csv", award_csv(*entries))
    return upload_award_list(by=by, file=file, invite_leads=invite_leads)


# -- Outcomes ------------------------------------------------------------------------------------


def test_a_new_school_gets_its_label_and_its_lead_is_invited():
    assert said(run(entry(1))) == [
        (2, "new", "Label 2025–2026 (1 January 2025 – 31 December 2026). Invited as school lead: lead1@okul.example.")
    ]
    school = School.objects.get()
    assert model_to_dict(school, ["code", "name", "country", "city", "website"]) == {
        "code": "TR-00001",
        "name": "Işık Çağdaş Ortaokulu 1",
        "country": "TR",
        "city": "Diyarbakır",
        "website": "https://okul1.example",
    }
    assert school.slug == "isik-cagdas-ortaokulu-1-tr-00001"
    label = school.labels.get()
    assert (label.edition, label.starts_on, label.ends_on) == ("2025–2026", date(2025, 1, 1), date(2026, 12, 31))
    invitation = school.invitations.get()
    assert (invitation.email, invitation.name, invitation.role, invitation.confirmed_by, invitation.language) == (
        "lead1@okul.example",
        "Şule Öğüt",
        Role.LEAD,
        "import",
        "tr",
    )


def test_leads_elsewhere_are_invited_in_english():
    run(entry(1, country="Portekiz"))
    assert Invitation.objects.get().language == "en"


def test_mail_goes_out_when_the_batch_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run(entry(1), entry(2, lead_email=""), entry(3))
    assert sorted(message.to for message in mail.outbox) == [["lead1@okul.example"], ["lead3@okul.example"]]


def test_nobody_is_invited_when_not_wanted_and_can_be_later():
    assert said(run(entry(1), invite_leads=False))[0][2] == "Label 2025–2026 (1 January 2025 – 31 December 2026)."
    assert Invitation.objects.count() == 0
    assert said(run(entry(1))) == [(2, "changed", "Invited as school lead: lead1@okul.example.")]
    assert said(run(entry(1))) == [(2, "unchanged", "")]


def test_a_renewed_label():
    run(entry(1))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert said(run(entry(1, edition="2027-2028", city="Mardin"))) == [
        (
            2,
            "renewed",
            "Label 2027–2028 (1 January 2027 – 31 December 2028). city: “Diyarbakır” becomes “Mardin”. "
            "Invited as school lead: lead1@okul.example.",
        )
    ]
    assert School.objects.get().city == "Mardin"
    assert Label.objects.count() == Invitation.objects.count() == 2


def test_a_school_with_a_lead_or_an_open_invitation_gets_no_other():
    run(entry(1))
    report = run(entry(1, edition="2027-2028", lead_email="new@okul.example"))
    assert report.results[0].message.endswith(
        "new@okul.example won’t be invited because the invitation to lead1@okul.example is still open."
    )
    Invitation.objects.all().delete()
    factories.MembershipFactory(school=School.objects.get(), lead=True)
    run(entry(1, edition="2029-2030"))
    assert Invitation.objects.count() == 0


def test_a_lead_who_is_a_teacher_of_the_school_already_does_not_stop_the_label():
    school = factories.SchoolFactory(code="TR-00001", name=entry(1)["school_name"])
    factories.MembershipFactory(school=school, user__email="lead1@okul.example")
    report = run(entry(1))
    assert report.results[0].outcome == Outcome.RENEWED
    assert report.results[0].message.endswith(
        "lead1@okul.example won’t be invited because they’re already a member of the school. You can make them "
        "school lead."
    )
    assert school.labels.count() == 1
    assert Invitation.objects.count() == 0


def test_corrected_details_say_which():
    run(entry(1, website=""))
    report = run(entry(1, school_name="Işık Ortaokulu", city=""))
    assert said(report) == [
        (
            2,
            "changed",
            "name: “Işık Çağdaş Ortaokulu 1” becomes “Işık Ortaokulu”. website: “https://okul1.example” is added.",
        )
    ]
    school = School.objects.get()
    assert (school.name, school.city, school.website) == ("Işık Ortaokulu", "Diyarbakır", "https://okul1.example")


def test_an_edition_of_the_same_days_is_renamed():
    run(entry(1, edition="First", starts_on="2025-01-01", ends_on="2026-12-31"))
    assert said(run(entry(1))) == [(2, "changed", "edition: “First” becomes “2025–2026”.")]
    assert Label.objects.get().edition == "2025–2026"


def test_two_periods_of_a_new_school_in_one_list():
    report = run(entry(1, city="Urfa"), entry(1, edition="2027-2028", city="Şanlıurfa"))
    assert [result.outcome for result in report.results] == [Outcome.NEW, Outcome.RENEWED]
    assert School.objects.get().city == "Şanlıurfa"
    assert Label.objects.count() == 2
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"country": "PT"}, "The school is registered in another country: Türkiye."),
        (
            {"edition": "2026-2027"},
            "The period 1 January 2026 – 31 December 2027 overlaps with the school’s 2025–2026 label (1 January "
            "2025 – 31 December 2026).",
        ),
        (
            {"school_code": "tr-00001"},
            "The code of an existing school, “TR-00001”, is the same apart from capital letters.",
        ),
    ],
)
def test_rows_that_contradict_a_known_school(changes, reason):
    run(entry(1))
    before = everything()
    assert said(run(entry(1, **changes))) == [(2, "error", reason)]
    assert everything() == before


def test_a_label_that_was_withdrawn_stays_withdrawn():
    run(entry(1))
    Label.objects.get().revoke(reason="The school closed.")
    assert said(run(entry(1))) == [(2, "unchanged", "")]
    assert Label.objects.get().revoked_reason == "The school closed."


# -- Guarantees ------------------------------------------------------------------------------------


def test_a_check_writes_nothing_and_says_what_the_import_will_say():
    run(entry(1))
    content = award_csv(entry(1, city="Mardin"), entry(2), entry(2, edition="2027-2028"), entry(3, country="?"))
    before = everything()
    planned = check_rows(content=content, invite_leads=True)
    assert everything() == before
    assert said(planned) == said(import_rows(content=content, invite_leads=True))


def test_the_second_run_changes_nothing(django_capture_on_commit_callbacks):
    rows, wrong = large_list(300, 25)
    content = as_csv(rows)
    with django_capture_on_commit_callbacks(execute=True):
        first = import_rows(content=content, invite_leads=True)
    before, sent = everything(), len(mail.outbox)
    assert sent == 275
    with django_capture_on_commit_callbacks(execute=True):
        second = import_rows(content=content, invite_leads=True)
    assert everything() == before
    assert len(mail.outbox) == sent
    assert first.counts == {"new": 275, "renewed": 0, "changed": 0, "unchanged": 0, "error": 25}
    assert second.counts == {"new": 0, "renewed": 0, "changed": 0, "unchanged": 275, "error": 25}
    assert {error.line for error in second.errors} == wrong.keys()


def test_a_row_that_the_database_refuses_leaves_nothing_and_the_others_go_in(monkeypatch):
    real = award_plan.invite_all

    def invite_all(*, invitees, **rest):
        invitations = real(invitees=invitees, **rest)
        if "lead2@okul.example" in {invitee.email for invitee in invitees}:
            raise CommunityError("No.")
        return invitations

    monkeypatch.setattr(award_plan, "invite_all", invite_all)
    report = run(entry(1), entry(2), entry(3))
    assert [(result.line, result.outcome) for result in report.results] == [(2, "new"), (3, "error"), (4, "new")]
    assert report.errors[0].message == "No."
    assert set(School.objects.values_list("code", flat=True)) == {"TR-00001", "TR-00003"}
    assert Label.objects.count() == Invitation.objects.count() == 2


def test_codes_that_differ_in_signs_alone_are_two_schools():
    factories.SchoolFactory(name=entry(2)["school_name"], code="TR 00002")
    report = run(entry(1), entry(2), entry(2, school_code="TR–00002"))
    assert report.errors == []
    slugs = set(School.objects.filter(name=entry(2)["school_name"]).values_list("slug", flat=True))
    assert len(slugs) == 3
    assert "isik-cagdas-ortaokulu-2-tr-00002" in slugs


def test_a_clash_in_the_database_is_one_rows_matter(monkeypatch):
    taken = factories.SchoolFactory().slug

    def complete(schools):
        real(schools)
        for school in schools:
            if school.code == "TR-00002":
                # Another school has taken this slug meanwhile.
                school.slug = taken

    real = award_plan.complete
    monkeypatch.setattr(award_plan, "complete", complete)
    report = run(entry(1), entry(2), entry(3))
    assert [(error.line, error.message) for error in report.errors] == [
        (3, "This row couldn’t be saved because the school or label was created in the meantime.")
    ]
    assert Label.objects.count() == 2


def test_queries_do_not_grow_with_unchanged_rows(django_assert_num_queries):
    entries = [entry(number) for number in range(150)]
    run(*entries, invite_leads=False)
    # Schools, labels, leads, members, invitations, twins; two savepoints around them; on PostgreSQL the lock.
    with django_assert_num_queries(11 if connection.vendor == "postgresql" else 10) as few:
        run(entries[0], invite_leads=False)
    with django_assert_num_queries(len(few)):
        run(*entries, invite_leads=False)


def test_progress_is_told(monkeypatch):
    monkeypatch.setattr(verbs, "BATCH", 2)
    told = []
    content = award_csv(*(entry(number) for number in range(5)))
    import_rows(content=content, invite_leads=False, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


# -- Permissions -----------------------------------------------------------------------------------


def test_a_national_moderator_imports_only_their_countries():
    report = run(entry(1), entry(2, country="PT"), entry(3, country="GR"), by=factories.moderator("TR", "GR"))
    assert [(error.line, error.message) for error in report.errors] == [
        (3, "You don’t moderate schools in this country: Portugal.")
    ]
    assert set(School.objects.values_list("country", flat=True)) == {"TR", "GR"}


def test_a_central_moderator_imports_every_country():
    assert not run(entry(1), entry(2, country="PT"), by=factories.moderator()).errors


def test_others_import_nothing(personas):
    for name in ("outsider", "member", "lead"):
        person = personas.named()[name]
        assert run(entry(1), by=person).counts[Outcome.ERROR] == 1
        with pytest.raises(CommunityError, match="Only moderators can import award lists"):
            uploaded(entry(1), by=person)
    assert AwardListImport.objects.count() == 0


def test_whose_imports_a_moderator_finds(personas):
    central, national = uploaded(entry(1), by=personas.organiser), uploaded(entry(1), by=personas.moderator)
    assert set(imports_of(personas.organiser)) == {central, national}
    assert set(imports_of(personas.moderator)) == {national}
    for name in ("other_moderator", "member", "lead", "outsider"):
        assert not imports_of(personas.named()[name]).exists(), name
    with pytest.raises(CommunityError, match="You aren’t allowed to import this award list"):
        apply_award_list(award_import=central, by=personas.moderator)
    assert School.objects.filter(code="TR-00001").count() == 0


def test_the_right_to_a_country_is_asked_again_when_the_list_is_applied():
    moderator = factories.moderator("TR")
    award_import = uploaded(entry(1), by=moderator)
    organisation = moderator.moderated_organisations.get()
    organisation.countries = ["PT"]
    organisation.save()
    apply_award_list(award_import=award_import, by=moderator)
    assert award_import.counts()[Outcome.ERROR] == 1
    assert School.objects.count() == 0


# -- Uploaded lists --------------------------------------------------------------------------------


def test_an_upload_keeps_the_file_and_the_plan_and_changes_no_school():
    moderator = factories.moderator()
    award_import = uploaded(entry(1), entry(2, country=""), by=moderator)
    assert School.objects.count() == 0
    assert award_import.status == "uploaded"
    assert award_import.rows_total == 2
    assert len(award_import.sha256) == 64
    assert award_import.file.read() == award_csv(entry(1), entry(2, country=""))
    assert list(award_import.rows.values_list("line", "code", "outcome", "message")) == [
        (
            2,
            "TR-00001",
            "new",
            "Label 2025–2026 (1 January 2025 – 31 December 2026). Invited as school lead: lead1@okul.example.",
        ),
        (3, "TR-00002", "error", "“country” is empty."),
    ]


def test_the_file_is_out_of_the_gates_reach(client):
    award_import = uploaded(entry(1), by=factories.moderator())
    assert award_import.file.name.startswith("award_lists/")
    assert find_file(award_import.file.name) is None


def test_a_file_that_cannot_be_read_is_not_kept():
    with pytest.raises(AwardListError, match="This isn’t a CSV file or an Excel workbook"):
        upload_award_list(
            by=factories.moderator(), file=SimpleUploadedFile("list.xlsx", b"%PDF-1.7"), invite_leads=True
        )
    assert AwardListImport.objects.count() == 0


def test_a_large_upload_is_refused_unread():
    class Large:
        size = 200 * 1024 * 1024

    with pytest.raises(AwardListError, match="larger than 10 MB"):
        upload_award_list(by=factories.moderator(), file=Large(), invite_leads=True)


def test_what_cannot_be_stored_is_reported_all_the_same():
    strange = entry(1, school_code="\0\ud7ff" + "x" * 500, school_name="\0" * 300, **{"\0?": "x"})
    file = SimpleUploadedFile("\x07list.csv", as_csv(table(strange), encoding="utf-16"))
    award_import = upload_award_list(by=factories.moderator(), file=file, invite_leads=True)
    row = award_import.rows.get()
    assert row.outcome == "error"
    assert len(row.code) <= 60


def test_applying_writes_the_rows_and_what_became_of_them():
    moderator = factories.moderator()
    award_import = uploaded(entry(1), entry(2, country=""), entry(3), by=moderator)
    # Between check and import, someone else imports one of the schools.
    run(entry(3))
    done = apply_award_list(award_import=award_import, by=moderator)
    assert (done.status, done.rows_done, done.started_by) == ("done", 3, moderator)
    assert list(done.rows.values_list("line", "outcome")) == [(2, "new"), (3, "error"), (4, "unchanged")]
    with pytest.raises(CommunityError, match="already being imported, or has been imported"):
        apply_award_list(award_import=done, by=moderator)


def test_starting_hands_the_list_to_a_task_once(django_capture_on_commit_callbacks):
    moderator = factories.moderator()
    award_import = uploaded(entry(1), by=moderator)
    with django_capture_on_commit_callbacks() as waiting:
        start_award_list(award_import=award_import, by=moderator)
        with pytest.raises(CommunityError, match="already being imported"):
            start_award_list(award_import=award_import, by=moderator)
        with pytest.raises(CommunityError, match="already being imported"):
            start_award_list(award_import=AwardListImport.objects.get(), by=moderator)
    assert AwardListImport.objects.get().status == "running"
    assert School.objects.count() == 0
    (enqueue,) = waiting
    enqueue()
    enqueue()
    assert AwardListImport.objects.get().status == "done"
    assert School.objects.count() == Invitation.objects.count() == 1


class Killed(BaseException):
    """Simulates kill -9: the process runs no code of its own afterwards."""


def test_a_killed_run_is_started_again_and_finishes(monkeypatch):
    monkeypatch.setattr(verbs, "BATCH", 2)
    moderator = factories.moderator()
    award_import = uploaded(*(entry(number) for number in range(5)), by=moderator)

    def kill(done, total):
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        apply_award_list(award_import=award_import, by=moderator, progress=kill)
    award_import.refresh_from_db()
    assert (award_import.status, award_import.rows_done, School.objects.count()) == ("running", 4, 4)
    assert not award_import.is_startable

    AwardListImport.objects.update(progressed_at=timezone.now() - timedelta(minutes=3))
    assert award_import.is_startable
    done = apply_award_list(award_import=award_import, by=moderator)
    assert (done.status, done.rows_done, done.run) == ("done", 5, 2)
    # The second run does not report the first one's results as “unchanged”.
    assert list(done.rows.values_list("outcome", flat=True)) == ["new"] * 5
    assert School.objects.count() == Label.objects.count() == Invitation.objects.count() == 5


def test_invitations_that_a_killed_run_left_unsent_go_out(django_capture_on_commit_callbacks, mailoutbox):
    moderator = factories.moderator()
    award_import = uploaded(entry(1), entry(2), by=moderator)
    # Killed after the commit and before the email: the commit hooks never run.
    run(entry(1), entry(2))
    with django_capture_on_commit_callbacks(execute=True):
        apply_award_list(award_import=award_import, by=moderator)
    assert sorted(message.to for message in mailoutbox) == [["lead1@okul.example"], ["lead2@okul.example"]]
    with django_capture_on_commit_callbacks(execute=True):
        run(entry(1), entry(2))
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("from_upload", [True, False])
def test_a_run_sends_only_the_unsent_invitations_of_its_own_schools(
    django_capture_on_commit_callbacks, mailoutbox, from_upload
):
    central = factories.moderator()
    run(entry(1), entry(2), entry(3))
    schools = {school.code: school for school in School.objects.all()}
    # Also unsent: another list's invitation, a withdrawn one, one from a person, and a message about something else.
    withdraw(invitation=schools["TR-00003"].invitations.get(), by=central)
    teacher = {"email": "teacher@okul.example", "role": Role.TEACHER, "confirmed_by": Confirmation.ORGANISATION}
    invite(school=schools["TR-00001"], by=central, language="tr", **teacher)
    foreign = message_for(central)
    assert Message.objects.sendable().count() == 5
    with django_capture_on_commit_callbacks(execute=True):
        if from_upload:
            apply_award_list(award_import=uploaded(entry(1), entry(3), by=central), by=central)
        else:
            run(entry(1), entry(3))
    assert [message.to for message in mailoutbox] == [["lead1@okul.example"]]
    foreign.refresh_from_db()
    assert foreign.emailed_at is None


def test_a_run_sends_no_unsent_invitation_to_a_country_its_moderator_is_not_responsible_for(
    django_capture_on_commit_callbacks, mailoutbox
):
    run(entry(1))
    for country, sent in (("PT", []), ("TR", [["lead1@okul.example"]])):
        with django_capture_on_commit_callbacks(execute=True):
            run(entry(1), by=factories.moderator(country))
        assert [message.to for message in mailoutbox] == sent


def test_a_run_killed_within_a_batch_has_done_nothing_of_it(monkeypatch):
    moderator = factories.moderator()
    award_import = uploaded(entry(1), entry(2), by=moderator)
    monkeypatch.setattr(award_plan, "invite_all", lambda **details: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        apply_award_list(award_import=award_import, by=moderator)
    award_import.refresh_from_db()
    assert (award_import.rows_done, School.objects.count(), Label.objects.count()) == (0, 0, 0)


def test_a_run_that_was_given_up_stops_when_another_took_over(monkeypatch):
    monkeypatch.setattr(verbs, "BATCH", 1)
    moderator = factories.moderator()
    award_import = uploaded(entry(1), entry(2), entry(3), by=moderator)

    def take_over(done, total):
        if done == 1:
            AwardListImport.objects.update(run=7)

    left = apply_award_list(award_import=award_import, by=moderator, progress=take_over)
    assert (left.status, left.rows_done, School.objects.count()) == ("running", 1, 1)


def test_a_run_that_breaks_can_be_started_again_at_once(monkeypatch):
    moderator = factories.moderator()
    award_import = uploaded(entry(1), by=moderator)

    def broken(*args, **kwargs):
        raise OSError("The disk is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(verbs, "apply", broken)
        with pytest.raises(OSError, match="The disk is gone"):
            apply_award_list(award_import=award_import, by=moderator)
    award_import.refresh_from_db()
    assert (award_import.status, award_import.rows_done, award_import.is_startable) == ("failed", 0, True)
    assert apply_award_list(award_import=award_import, by=moderator).status == "done"


# -- Concurrent imports ----------------------------------------------------------------------------


def at_once(*calls) -> list:
    """Run the calls concurrently in threads, and return what each returned or raised."""
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def work(index, call):
        try:
            barrier.wait()
            results[index] = call()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=work, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_import_applied_twice_at_once():
    moderator = factories.moderator()
    uploaded(*(entry(number) for number in range(250)), by=moderator)

    def apply():
        return apply_award_list(award_import=AwardListImport.objects.get(), by=moderator)

    results = at_once(apply, apply, apply, apply)
    refused = [result for result in results if isinstance(result, CommunityError)]
    assert len(refused) == 3, results
    done = AwardListImport.objects.get()
    assert (done.status, done.rows_done, done.run) == ("done", 250, 1)
    assert done.counts()[Outcome.NEW] == 250
    assert School.objects.count() == Label.objects.count() == Invitation.objects.count() == 250
    assert len(mail.outbox) == 250


@pytest.fixture
def two_lists_at_once(monkeypatch):
    """Import the same schools from two lists in opposite order, slowly enough to overlap."""
    write = award_plan._write

    def slowly(steps):
        for step in steps:
            write([step])
            sleep(0.02)

    monkeypatch.setattr(award_plan, "_write", slowly)
    entries = [entry(number) for number in range(20)]
    return lambda: at_once(lambda: run(*entries), lambda: run(*entries[::-1]))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_lists_of_the_same_schools_at_once(two_lists_at_once):
    results = two_lists_at_once()
    assert [report.errors for report in results] == [[], []]
    assert sorted(report.counts[Outcome.NEW] for report in results) == [0, 20]
    assert School.objects.count() == Label.objects.count() == Invitation.objects.count() == 20


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_two_lists_lock_each_other_out_when_they_do_not_queue_up(two_lists_at_once, monkeypatch):
    monkeypatch.setattr(award_plan, "_queue_up", lambda: None)
    assert OperationalError in {type(result) for result in two_lists_at_once()}


# -- The command ------------------------------------------------------------------------------------


@pytest.fixture
def command(tmp_path):
    """Run the command on a list, and return its exit code, output and errors."""

    def call(*options, content: bytes):
        path = tmp_path / "list.csv"
        path.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        code = 0
        try:
            with transaction.atomic():
                call_command("import_award_list", str(path), *options, stdout=out, stderr=err, no_color=True)
        except SystemExit as leave:
            code = leave.code
        return code, out.getvalue(), err.getvalue()

    return call


def test_the_command_imports(command):
    code, out, err = command(content=award_csv(entry(1), entry(2)))
    assert (code, err) == (0, "")
    assert out == ("\r2 of 2 rows\nnew school: 2, label renewed: 0, details changed: 0, unchanged: 0, error: 0\n")
    assert Invitation.objects.count() == 2


def test_the_command_names_each_refused_row(command):
    code, _out, err = command("--dry-run", content=award_csv(entry(1, city="x" * 121), entry(2), entry(3, edition="")))
    assert code == 1
    assert err == ("Row 2 (TR-00001): “city” is longer than 120 characters.\nRow 4 (TR-00003): “edition” is empty.\n")
    assert School.objects.count() == 0


def test_the_command_without_invitations(command):
    code, out, _err = command("--no-invitations", content=award_csv(entry(1, remarks="x")))
    assert code == 0
    assert "Columns ignored: remarks." in out
    assert (School.objects.count(), Invitation.objects.count()) == (1, 0)


def test_the_command_refuses_what_is_no_list(command):
    with pytest.raises(CommandError, match="The file is empty"):
        command(content=b"")
    with pytest.raises(CommandError, match="is not a file"):
        call_command("import_award_list", "/no/such/file")
