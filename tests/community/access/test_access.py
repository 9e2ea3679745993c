import ast
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from community.access import (
    access_of,
    acts_for,
    is_member,
    is_moderator,
    leads,
    may_contribute,
    moderated_rows,
    moderates,
)
from community.models import Membership, School

from ... import factories
from ...factories import today

pytestmark = pytest.mark.django_db


def test_who_is_what(personas):
    reads = {name for name, user in personas.named().items() if user and is_member(user)}
    contributes = {name for name, user in personas.named().items() if user and may_contribute(user)}
    moderating = {name for name, user in personas.named().items() if user and is_moderator(user)}

    assert reads == {"grace", "member", "author", "lead"}
    assert contributes == {"member", "author", "lead"}
    assert moderating == {"organiser", "moderator", "other_moderator"}


def test_moderators_of_one_country_moderate_only_it(personas):
    assert moderates(personas.moderator, "TR")
    assert not moderates(personas.other_moderator, "TR")
    assert moderates(personas.organiser, "TR")


def test_acting_and_leading_are_for_one_school(personas):
    assert acts_for(personas.author, personas.school)
    assert not leads(personas.author, personas.school)
    assert leads(personas.lead, personas.school)
    assert not acts_for(personas.member, personas.school)


def test_standing_follows_the_dates():
    label = factories.LabelFactory(ends_on=today())
    teacher = factories.MembershipFactory(school=label.school).user

    assert may_contribute(teacher)
    assert not may_contribute(teacher, at=label.ends_on + timedelta(days=1))
    assert is_member(teacher, at=label.ends_on + timedelta(days=120))
    assert not is_member(teacher, at=label.ends_on + timedelta(days=121))
    assert not is_member(teacher, at=label.starts_on - timedelta(days=1))


def test_a_withdrawn_label_leaves_no_grace():
    school = factories.SchoolFactory(in_grace=True)
    factories.LabelFactory(school=school, starts_on=today(), ends_on=today() + timedelta(days=700), revoked=True)
    teacher = factories.MembershipFactory(school=school).user

    assert not is_member(teacher)


def test_an_ended_membership_gives_nothing():
    membership = factories.MembershipFactory(began_at=timezone.now() - timedelta(days=1), ended_at=timezone.now())
    assert not is_member(membership.user)


def test_access_is_one_query(django_assert_num_queries):
    person = factories.member()
    factories.MembershipFactory(user=person)
    factories.SupportOrganisationFactory(countries=["TR", "MT"], moderators=[person])

    with django_assert_num_queries(1):
        access = access_of(person)

    assert access.moderated_countries == {"TR", "MT"}
    assert len(access.belongings) == 2


class TestModeratedRows:
    """Which rows a moderator moderates, by the path to the row's country."""

    @pytest.fixture
    def schools(self):
        return {code: factories.SchoolFactory(country=code) for code in ("TR", "PT", "MT")}

    def moderated_by(self, person) -> set[str]:
        return {school.country.code for school in School.objects.filter(moderated_rows(person, "country"))}

    def test_national_moderators_moderate_their_countries(self, schools):
        assert self.moderated_by(factories.moderator("TR", "MT")) == {"TR", "MT"}

    def test_central_moderators_moderate_everything(self, schools):
        assert self.moderated_by(factories.moderator()) == {"TR", "PT", "MT"}

    def test_others_moderate_nothing(self, schools):
        assert self.moderated_by(factories.member()) == set()

    @pytest.mark.parametrize(("countries", "found"), [([], {"TR", "PT"}), (["TR"], {"TR", "PT"}), (["MT"], {"PT"})])
    def test_it_combines_with_other_conditions(self, schools, countries, found):
        """For a central moderator, an empty condition would vanish in the OR and leave only the other one."""
        for code in ("TR", "PT"):
            factories.MembershipFactory(school=schools[code])
        rows = Membership.objects.filter(Q(school=schools["PT"]) | moderated_rows(factories.moderator(*countries)))
        assert {row.school.country.code for row in rows} == found


def imported_modules(source: str) -> set[str]:
    """Return the modules that the source imports when it is loaded."""
    return {node.module or "" for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)}


def test_the_policy_loads_no_models():
    """The models ask the policy, so the policy reads a person's facts through the person's relations."""
    paths = list((settings.BASE_DIR / "community/access").glob("*.py"))
    loaded = {module for path in paths for module in imported_modules(path.read_text())}
    assert {"facts", "choices"} <= loaded
    assert {module for module in loaded if module.partition(".")[0] == "models"} == set()
