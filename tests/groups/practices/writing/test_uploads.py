"""Files that are uploaded as soon as they are chosen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content import uploads
from content.models import SiteDocument, SiteImage

from ....factories import member
from ...factories import picture
from .posting import as_

pytestmark = pytest.mark.django_db

ADDRESS = "/en/practices/new/upload/images/"
ATTACHMENTS = "/en/practices/new/upload/attachments/"


def file(content: bytes | None = None, name: str = "p.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, "image/png")


def test_a_picture_is_kept_in_ones_name_and_comes_back_as_a_row(client):
    person = member()
    answer = as_(client, person).post(ADDRESS, {"file": file()})
    image = SiteImage.objects.get()
    assert image.uploaded_by_user == person
    html = answer.json()["html"]
    assert f'name="images-0-image" value="{image.pk}"' in html
    assert 'name="images-0-alt"' in html


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF", b"<svg onload=alert(1)>", b""])
def test_what_is_no_picture_is_refused_in_words(client, content):
    answer = as_(client, member()).post(ADDRESS, {"file": file(content)})
    assert answer.status_code == 422
    assert answer.json().keys() == {"error"}
    assert answer.json()["error"]
    assert not SiteImage.objects.exists()


def test_more_than_ones_share_is_refused(client, monkeypatch):
    monkeypatch.setattr(uploads, "QUOTA_BYTES", 10)
    answer = as_(client, member()).post(ADDRESS, {"file": file()})
    assert answer.status_code == 422
    assert "of your storage." in answer.json()["error"]
    assert not SiteImage.objects.exists()


def test_nothing_chosen_and_other_kinds(client):
    as_(client, member())
    assert client.post(ADDRESS).json() == {"error": "Choose a file."}
    assert client.post("/en/practices/new/upload/videos/", {"file": file()}).status_code == 404
    assert client.get(ADDRESS).status_code == 405
    assert not SiteImage.objects.exists()


def test_a_document_comes_back_with_the_name_it_had(client):
    person = member()
    paper = SimpleUploadedFile("Işık & <b>.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    answer = as_(client, person).post(ATTACHMENTS, {"file": paper})
    document = SiteDocument.objects.get()
    assert document.uploaded_by_user == person
    html = answer.json()["html"]
    assert f'name="attachments-0-document" value="{document.pk}"' in html
    assert 'name="attachments-0-title" value="Işık &amp; &lt;b&gt;"' in html


def test_a_picture_that_is_no_document_is_refused_in_words(client):
    answer = as_(client, member()).post(ATTACHMENTS, {"file": file(name="p.pdf")})
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not SiteDocument.objects.exists()


def test_only_who_writes_for_a_school(client, personas):
    codes = {who: as_(client, user).post(ADDRESS).status_code for who, user in personas.named().items()}
    assert {who for who, code in codes.items() if code == 200} == {"member", "author", "lead"}
