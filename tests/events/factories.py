"""Events with states as traits: EventPageFactory(full=True), EventPageFactory(over=True)."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from community.models import School
from events.models import EventIndexPage, EventPage, Offer, Proposal, Registration, State

from ..factories import MembershipFactory, SchoolFactory

SECRET_ADDRESS = "https://call.example/room-needle-secret"


class PageFactory(DjangoModelFactory):
    """Adds the page under its parent, published unless `live=False`."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, parent, **fields):
        return parent.add_child(instance=model_class(**fields))


def home() -> Page:
    """Return the site's home page, created if missing, because race tests start with an empty database."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Locale.objects.get_or_create(language_code="en")
        root = Page.add_root(instance=Page(title="Root", slug="root"))
        home_page = root.add_child(instance=Page(title="Home", slug="home"))
        site = Site.objects.create(hostname="localhost", root_page=home_page, is_default_site=True)
    return site.root_page


def event_index() -> EventIndexPage:
    return EventIndexPage.objects.first() or EventIndexPageFactory()


class EventIndexPageFactory(PageFactory):
    class Meta:
        model = EventIndexPage

    parent = factory.LazyFunction(home)
    title = "Events"
    slug = "events"
    audience = "public"


class EventPageFactory(PageFactory):
    class Meta:
        model = EventPage

    parent = factory.LazyFunction(event_index)
    title = factory.Sequence(lambda n: f"Event {n}")
    slug = factory.Sequence(lambda n: f"event-{n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=1))
    time_zone = "Europe/Brussels"
    capacity = 2
    join_url = SECRET_ADDRESS

    class Params:
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=2)))
        running = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=10)))
        closed = factory.Trait(
            registration_closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))
        )
        not_yet_open = factory.Trait(
            registration_opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
        )


class RegistrationFactory(DjangoModelFactory):
    """A confirmed registration, or another state with `offered=True`, `waiting=True` or `cancelled=True`."""

    class Meta:
        model = Registration
        skip_postgeneration_save = True

    event = factory.SubFactory(EventPageFactory)
    school = factory.SubFactory(SchoolFactory, labelled=True)
    user = factory.LazyAttribute(lambda row: MembershipFactory(school=row.school).user)
    state = State.CONFIRMED
    turn = factory.LazyAttribute(lambda row: row.event.registrations.count() + 1)
    seat = factory.LazyAttribute(lambda row: row.event.registrations.seated().count() + 1)
    confirmed_at = factory.LazyFunction(timezone.now)
    told_starts_at = factory.SelfAttribute("event.starts_at")
    told_ends_at = factory.SelfAttribute("event.ends_at")

    class Params:
        offered = factory.Trait(
            state=State.OFFERED,
            confirmed_at=None,
            offer_expires_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)),
            offer=factory.RelatedFactory("tests.events.factories.OfferFactory", "registration"),
        )
        waiting = factory.Trait(state=State.WAITING, seat=None, confirmed_at=None)
        cancelled = factory.Trait(state=State.CANCELLED, seat=None, cancelled_at=factory.LazyFunction(timezone.now))


class OfferFactory(DjangoModelFactory):
    """An open offer for an offered registration."""

    class Meta:
        model = Offer

    registration = factory.SubFactory(RegistrationFactory, offered=True, offer=None)
    expires_at = factory.SelfAttribute("registration.offer_expires_at")


class ProposalFactory(DjangoModelFactory):
    """A proposal awaiting a moderator."""

    class Meta:
        model = Proposal

    school = factory.SubFactory(SchoolFactory, labelled=True)
    proposer = factory.LazyAttribute(lambda row: MembershipFactory(school=row.school).user)
    title = factory.Sequence(lambda n: f"Proposed {n}")
    summary = "What it is about"
    text = "What will happen"
    time_zone = "Europe/Istanbul"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=20))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=1))


def school_of(user) -> School:
    return user.memberships.get().school
