import pytest

from community.moderators import moderators_group

from .. import factories


@pytest.fixture
def school(db):
    return factories.SchoolFactory(labelled=True, name="Işık Ortaokulu", code="TR-77")


@pytest.fixture
def lead(school):
    return factories.MembershipFactory(school=school, lead=True, user__name="Leyla Çelik").user


@pytest.fixture
def teacher(school):
    return factories.MembershipFactory(school=school, user__name="Tarık Öz").user


@pytest.fixture
def moderator(db):
    person = factories.moderator("TR")
    person.groups.add(moderators_group())
    return person
