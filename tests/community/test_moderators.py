import pytest
from django.contrib.auth.models import Group, Permission

from community.access import is_moderator
from community.moderators import appoint, dismiss

from .. import factories

pytestmark = pytest.mark.django_db


def test_appointing_opens_the_admin():
    # Wagtail's migrations create a group of this name, but the verb does not depend on it.
    Group.objects.all().delete()
    turkey, user = factories.SupportOrganisationFactory(countries=["TR"]), factories.UserFactory()

    appoint(organisation=turkey, user=user)
    appoint(organisation=turkey, user=user)

    assert is_moderator(user)
    assert list(turkey.moderators.all()) == [user]
    assert [group.name for group in user.groups.all()] == ["Moderators"]
    assert set(Permission.objects.filter(group__user=user).values_list("codename", flat=True)) == {"access_admin"}


def test_what_others_gave_the_group_stays():
    appoint(organisation=factories.SupportOrganisationFactory(), user=factories.UserFactory())
    group = Group.objects.get(name="Moderators")
    extra = Permission.objects.get(codename="add_siteimage")
    group.permissions.add(extra)
    appoint(organisation=factories.SupportOrganisationFactory(), user=factories.UserFactory())
    assert extra in group.permissions.all()


def test_the_admin_closes_with_the_last_organisation():
    user = factories.UserFactory()
    turkey, portugal = (factories.SupportOrganisationFactory(countries=[code]) for code in ("TR", "PT"))
    appoint(organisation=turkey, user=user)
    appoint(organisation=portugal, user=user)

    dismiss(organisation=turkey, user=user)
    assert is_moderator(user)
    assert user.groups.count() == 1

    dismiss(organisation=portugal, user=user)
    dismiss(organisation=portugal, user=user)
    assert not is_moderator(user)
    assert user.groups.count() == 0
