"""Members' uploads appear in no library."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.permissions import policy_registry
from zeal import zeal_ignore

from community.moderators import appoint, moderators_group
from content.collections import editors_files, members_uploads
from content.models import SiteDocument
from content.uploads import store_document, store_image
from groups.practices.models import PracticeAttachment, PracticeImage
from home.site_setup import set_up_site

from ..factories import SupportOrganisationFactory, UserFactory
from ..groups.factories import PracticeAttachmentFactory, PracticeImageFactory, SiteImageFactory, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """Return a moderator of Turkey on a site that has been set up."""
    set_up_site()
    person = UserFactory()
    appoint(organisation=SupportOrganisationFactory(countries=["TR"]), user=person)
    return person


def uploads():
    member = UserFactory()
    image = store_image(file=SimpleUploadedFile("a.png", picture()), title="NEEDLE", by=member)
    paper = store_document(file=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), title="NEEDLE", by=member)
    return image, paper


def test_what_members_upload_lies_apart():
    image, paper = uploads()
    assert image.collection == paper.collection == members_uploads() != editors_files()
    assert Collection.objects.filter(depth=2).count() == 2


def test_moderators_have_no_rights_over_members_uploads(desk):
    for file in uploads():
        policy = policy_registry.get_by_type(type(file))
        shared = type(file).objects.create(
            title="Shared",
            file="x",
            collection=editors_files(),
            **({"width": 1, "height": 1} if isinstance(file, get_image_model()) else {}),
        )
        for action in ("choose", "change", "delete"):
            assert not policy.user_has_permission_for_instance(desk, action, file)
            assert policy.user_has_permission_for_instance(desk, action, shared)


def test_the_library_lists_and_opens_what_moderators_share(client, desk):
    image, paper = uploads()
    SiteImageFactory(title="SHARED", collection=editors_files())
    client.force_login(desk)
    with zeal_ignore():
        for name in ("wagtailimages:index", "wagtailimages_chooser:choose", "wagtaildocs:index",
                     "wagtaildocs_chooser:choose"):  # fmt: skip
            html = client.get(reverse(name)).content.decode()
            assert "NEEDLE" not in html, name
            assert ("SHARED" in html) == name.startswith("wagtailimages"), name
        for name, file in (("wagtailimages", image), ("wagtaildocs", paper)):
            for page in ("edit", "delete"):
                answer = client.get(reverse(f"{name}:{page}", args=[file.pk]))
                assert (answer.status_code, answer.get("Location")) == (302, reverse("wagtailadmin_home"))


def test_setting_up_takes_old_rights_on_the_root_away(desk):
    grant = GroupCollectionPermission.objects.filter(group=moderators_group()).first()
    GroupCollectionPermission.objects.create(
        group=grant.group, permission=grant.permission, collection=Collection.get_first_root_node()
    )
    set_up_site()
    grants = GroupCollectionPermission.objects.filter(group=moderators_group())
    assert {row.collection for row in grants} == {editors_files()}
    assert grants.count() == 6


def test_a_file_that_a_practice_shows_is_not_deleted_under_it():
    with pytest.raises(ProtectedError):
        PracticeImageFactory().image.delete()
    with pytest.raises(ProtectedError):
        SiteDocument.objects.filter(pk=PracticeAttachmentFactory().document.pk).delete()
    assert (PracticeImage.objects.count(), PracticeAttachment.objects.count()) == (1, 1)
