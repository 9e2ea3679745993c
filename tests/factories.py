"""Factories with states as traits: LabelFactory(lapsed=True), MembershipFactory(school__labelled=True)."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from community.models import Confirmation, Label, Membership, Role, School, SupportOrganisation, User


def today():
    return timezone.now().date()


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@school.example")
    name = factory.Sequence(lambda n: f"Person {n}")


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = School
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"TR-{n:04d}")
    name = factory.Sequence(lambda n: f"Okul {n}")
    country = "TR"
    city = "Diyarbakır"

    class Params:
        # School(labelled=True) etc. create the label that gives this standing today.
        labelled = factory.Trait(period=factory.RelatedFactory("tests.factories.LabelFactory", "school"))
        in_grace = factory.Trait(period=factory.RelatedFactory("tests.factories.LabelFactory", "school", in_grace=True))
        lapsed = factory.Trait(period=factory.RelatedFactory("tests.factories.LabelFactory", "school", lapsed=True))
        revoked = factory.Trait(period=factory.RelatedFactory("tests.factories.LabelFactory", "school", revoked=True))


class LabelFactory(DjangoModelFactory):
    class Meta:
        model = Label

    school = factory.SubFactory(SchoolFactory)
    edition = "2025–2026"
    starts_on = factory.LazyAttribute(lambda label: label.ends_on - timedelta(days=729))
    ends_on = factory.LazyFunction(lambda: today() + timedelta(days=100))

    class Params:
        in_grace = factory.Trait(ends_on=factory.LazyFunction(lambda: today() - timedelta(days=10)))
        lapsed = factory.Trait(ends_on=factory.LazyFunction(lambda: today() - timedelta(days=400)))
        revoked = factory.Trait(revoked_on=factory.LazyFunction(today), revoked_reason="The school withdrew.")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    school = factory.SubFactory(SchoolFactory, labelled=True)
    role = Role.TEACHER
    confirmed_by = Confirmation.LEAD

    class Params:
        lead = factory.Trait(role=Role.LEAD, confirmed_by=Confirmation.IMPORT)


class SupportOrganisationFactory(DjangoModelFactory):
    class Meta:
        model = SupportOrganisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Support organisation {n}")
    kind = SupportOrganisation.Kind.NATIONAL
    countries = ["TR"]

    class Params:
        central = factory.Trait(kind=SupportOrganisation.Kind.CENTRAL, countries=[])

    @factory.post_generation
    def moderators(self, create, people):
        if people:
            self.moderators.add(*people)


def member(**school) -> User:
    """Return a teacher of a new school, labelled unless another standing is given."""
    return MembershipFactory(school=SchoolFactory(**(school or {"labelled": True}))).user


def lead(**school) -> User:
    return MembershipFactory(school=SchoolFactory(**(school or {"labelled": True})), lead=True).user


def moderator(*countries: str) -> User:
    """Return a central moderator, or one of a national organisation for these countries."""
    user = UserFactory()
    if countries:
        SupportOrganisationFactory(countries=list(countries), moderators=[user])
    else:
        SupportOrganisationFactory(central=True, moderators=[user])
    return user
