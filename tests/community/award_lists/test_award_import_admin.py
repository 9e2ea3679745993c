import csv
import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from community.award_lists.importing import upload_award_list
from community.award_lists.rows import read_award_list
from community.models import AwardListImport, Invitation, School, SupportOrganisation
from community.moderators import appoint

from ... import factories
from .sample_lists import as_csv, award_csv, entry, table

pytestmark = pytest.mark.django_db


def moderator(*countries: str):
    """Appoint a moderator with a second factor."""
    kind = SupportOrganisation.Kind.NATIONAL if countries else SupportOrganisation.Kind.CENTRAL
    organisation = factories.SupportOrganisationFactory(kind=kind, countries=list(countries))
    user = factories.UserFactory()
    appoint(organisation=organisation, user=user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def central():
    return moderator()


def uploaded(*entries: dict, by) -> AwardListImport:
    return upload_award_list(by=by, file=SimpleUploadedFile("liste.csv", award_csv(*entries)), invite_leads=True)


def post_file(client: Client, content: bytes, name: str = "list.csv", **fields):
    return client.post(reverse("award_lists:upload"), {"file": SimpleUploadedFile(name, content), **fields})


def addresses(award_import: AwardListImport) -> list[str]:
    return [reverse("award_lists:index"), reverse("award_lists:upload")] + [
        reverse(f"award_lists:{name}", args=[award_import.pk]) for name in ("report", "progress", "error_rows")
    ]


def test_the_admin_gate_covers_screens_that_a_hook_registers(personas, central, settings):
    settings.REQUIRE_MODERATOR_SECOND_FACTOR = True
    award_import = uploaded(entry(1, school_name="Needle", lead_email="?"), by=central)
    for address in [*addresses(award_import), reverse("award_lists:start", args=[award_import.pk])]:
        for name, person in personas.named().items():
            if person is None:
                answer = Client().get(address)
                assert answer.status_code == 302
                assert answer.url.startswith("/en/accounts/login/?next="), address
            elif name in ("organiser", "moderator", "other_moderator"):
                # A moderator without a second factor.
                assert signed_in(person).get(address).url == reverse("second_factor"), (name, address)
            else:
                assert signed_in(person).get(address, follow=True).status_code == 404, (name, address)


def test_moderators_with_a_second_factor_come_in(central):
    award_import = uploaded(entry(1, lead_email="?"), by=central)
    client = signed_in(central)
    assert [client.get(address).status_code for address in addresses(award_import)] == [200] * 5


def test_a_national_moderator_finds_only_their_own_imports(central):
    national = moderator("TR")
    theirs, other = (
        uploaded(entry(1), by=national),
        uploaded(entry(2, school_name="Needle", lead_email="?"), by=central),
    )
    client = signed_in(national)
    listed = client.get(reverse("award_lists:index")).content.decode()
    assert reverse("award_lists:report", args=[theirs.pk]) in listed
    assert reverse("award_lists:report", args=[other.pk]) not in listed
    for address in addresses(other)[2:]:
        assert client.get(address, follow=True).status_code == 404
    assert client.post(reverse("award_lists:start", args=[other.pk]), follow=True).status_code == 404
    assert School.objects.count() == 0


def test_from_upload_to_schools(central, django_capture_on_commit_callbacks, mailoutbox):
    client = signed_in(central)
    answer = post_file(client, award_csv(entry(1), entry(2, country="Atlantis"), entry(3)), invite_leads="on")
    award_import = AwardListImport.objects.get()
    assert answer.url == reverse("award_lists:report", args=[award_import.pk])

    page = client.get(answer.url).content.decode()
    assert "Nothing has changed yet." in page
    assert "Import 2 rows" in page
    assert "“Atlantis” isn’t a country we recognise." in page
    # The bar: 2 of 3 new, none changed, 1 of 3 wrong.
    assert '<rect class="award-new" x="0" y="0" width="667" height="24"></rect>' in page
    assert '<rect class="award-error" x="667" y="0" width="333" height="24"></rect>' in page
    assert School.objects.count() == 0

    start = reverse("award_lists:start", args=[award_import.pk])
    assert client.get(start).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        client.post(start)
    assert set(School.objects.values_list("code", flat=True)) == {"TR-00001", "TR-00003"}
    assert len(mailoutbox) == 2
    page = client.get(answer.url).content.decode()
    assert "Import complete. 1 row had an error and wasn’t imported." in page
    assert start not in page

    client.post(start)
    assert "This award list is already being imported, or has been imported." in client.get(answer.url).content.decode()
    assert School.objects.count() == Invitation.objects.count() == 2


def test_the_same_file_again_is_pointed_out(central, django_capture_on_commit_callbacks):
    client = signed_in(central)
    first = uploaded(entry(1), by=central)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("award_lists:start", args=[first.pk]))
    again = uploaded(entry(1), by=central)
    page = client.get(reverse("award_lists:report", args=[again.pk])).content.decode()
    assert "This file has been imported before" in page
    assert "unchanged: 1" in page


def test_leads_are_not_invited_when_the_box_is_clear(central):
    post_file(signed_in(central), award_csv(entry(1)))
    assert AwardListImport.objects.get().invite_leads is False


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"%PDF-1.7", "This isn’t a CSV file or an Excel workbook (.xlsx)."),
        (b"school_name\nx\n", "Missing: school_code / okul_kodu, country / ülke"),
        (b"a" * (10 * 1024 * 1024 + 1), "The file is larger than 10 MB."),
    ],
    ids=["empty", "wrong type", "columns", "large"],
)
def test_what_cannot_be_read_is_said_beside_the_field(central, content, sentence):
    answer = post_file(signed_in(central), content, name="list.xlsx")
    (message,) = answer.context["form"].errors["file"]
    assert sentence in message
    assert sentence in answer.content.decode()
    assert AwardListImport.objects.count() == 0


def test_a_running_import_shows_how_far_it_is_with_and_without_a_script(central):
    client = signed_in(central)
    award_import = uploaded(entry(1), entry(2), by=central)
    # The task waits for a commit that never happens in this test.
    client.post(reverse("award_lists:start", args=[award_import.pk]))
    AwardListImport.objects.update(rows_done=1)
    page = client.get(reverse("award_lists:report", args=[award_import.pk])).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'max="2" value="1"' in page
    assert client.get(reverse("award_lists:progress", args=[award_import.pk])).json() == {
        "running": True,
        "done": 1,
        "total": 2,
        "text": "1 of 2 rows",
    }


def test_an_interrupted_import_offers_to_go_on(central):
    award_import = uploaded(entry(1), entry(2), by=central)
    AwardListImport.objects.update(status="failed", rows_done=1)
    page = signed_in(central).get(reverse("award_lists:report", args=[award_import.pk])).content.decode()
    assert "The import stopped after 1 of 2 rows." in page
    assert "Continue the import" in page


def test_rows_are_filtered_by_outcome(central):
    award_import = uploaded(entry(1), entry(2, country="?"), entry(3, edition="?"), by=central)
    address = reverse("award_lists:report", args=[award_import.pk])
    client = signed_in(central)
    lines = {
        outcome: [row.line for row in client.get(address, {"outcome": outcome}).context["page"]]
        for outcome in ("", "new", "error", "unchanged", "nonsense")
    }
    assert lines == {"": [2, 3, 4], "new": [2], "error": [3, 4], "unchanged": [], "nonsense": [2, 3, 4]}


def test_the_error_rows_can_be_corrected_and_uploaded_again(central):
    rows = table(entry(1), entry(2, country="Atlantis"), entry(3, lead_email="?", city="Mersin"))
    file = SimpleUploadedFile("liste.csv", as_csv(rows, delimiter=";", encoding="windows-1254"))
    award_import = upload_award_list(by=central, file=file, invite_leads=False)
    client = signed_in(central)
    answer = client.get(reverse("award_lists:error_rows", args=[award_import.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="errors-{award_import.pk}.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["row"], row["school_code"], row["city"], row["problem"]) for row in found] == [
        ("3", "TR-00002", "Diyarbakır", "“Atlantis” isn’t a country we recognise. Enter its two-letter code or name."),
        ("4", "TR-00003", "Mersin", "“?” isn’t a valid email address."),
    ]
    corrected = answer.content.replace(b"Atlantis", b"TR").replace(b"?", b"lead@okul.example")
    post_file(client, corrected)
    again = AwardListImport.objects.first()
    assert again.notes == ["Columns ignored: row, problem."]
    assert {row.outcome for row in again.rows.all()} == {"new"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_downloaded_cells_are_no_formulas(central, sign):
    formula = f'{sign}HYPERLINK("https://evil.example")'
    award_import = uploaded(entry(1, school_name=formula, lead_name=formula, country="?"), by=central)
    answer = signed_in(central).get(reverse("award_lists:error_rows", args=[award_import.pk]))
    _header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row.count(f"'{formula}") == 2
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_the_apostrophe_that_stops_formulas_does_not_come_back_as_part_of_the_value(central, sign):
    name = f"{sign}Okul {sign}1"
    award_import = uploaded(entry(1, school_name=name, lead_name="'Ali'", country="?"), by=central)
    client = signed_in(central)
    answer = client.get(reverse("award_lists:error_rows", args=[award_import.pk]))
    post_file(client, answer.content.replace(b"?", b"TR"))
    assert AwardListImport.objects.first().rows.get().name == name
    with AwardListImport.objects.first().file.open() as stream:
        (row,) = read_award_list(stream).rows
    assert (row.entry.name, row.entry.lead_name) == (name, "'Ali'")


def test_hostile_names_are_shown_as_text(central):
    award_import = uploaded(entry(1, school_name="<script>alert(1)</script>", country="<b>"), by=central)
    page = signed_in(central).get(reverse("award_lists:report", args=[award_import.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "“<b>”" not in page


@pytest.mark.parametrize("screen", ["index", "report"])
def test_queries_do_not_grow_with_rows(central, django_assert_num_queries, screen):
    one = uploaded(entry(1), by=central)
    client = signed_in(central)
    address = reverse("award_lists:index") if screen == "index" else reverse("award_lists:report", args=[one.pk])
    client.get(address)
    with django_assert_num_queries(20, exact=False) as few:
        client.get(address)
    for _ in range(29):
        last = uploaded(*(entry(number) for number in range(30)), by=central)
    address = address if screen == "index" else reverse("award_lists:report", args=[last.pk])
    with django_assert_num_queries(len(few)):
        client.get(address)
