"""Reproducible benchmark data, written in bulk. Import this only after `django.setup`."""

import random
from datetime import timedelta
from time import perf_counter

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.crypto import get_random_string

from community.access import Audience
from community.models import Confirmation, Label, Membership, School, User
from community.models.schools import complete
from content.search import fold
from content.taxonomy import Duration, EvidenceStrength, KeyCompetence, Language, Pillar, Subject
from directory.map import EUROPE
from directory.models import Profile
from events.models import EventIndexPage, EventPage
from groups.discussions.models import Comment
from groups.practices.models import Practice

BATCH = 2000
# Frequencies as in real text: the first words are in most practices, the last in hardly any.
FREQUENT_FIRST = (
    "pupils school project climate lab reading maths river garden robot museum letter video song water energy paper"
    " bridge story theatre market forest weather insect planet music history family kitchen street harbour"
)
WORDS = FREQUENT_FIRST.split()
WEIGHTS = [1 / (place + 1) for place in range(len(WORDS))]


def write_schools(number: int) -> list[School]:
    """Create labelled schools in 40 countries, each with an earlier label and a profile."""
    codes = sorted(EUROPE["countries"])[:40]
    names, towns = ("Işık", "Çınar", "Olive Street", "Linden"), ("Muğla", "Porto", "Brno")
    schools = [
        School(
            code=f"S-{n}",
            name=f"Okul {n} {names[n % 4]}",
            city=towns[n % 3],
            country="TR" if n % 9 == 0 else codes[n % 40],
        )
        for n in range(number)
    ]
    complete(schools)
    School.objects.bulk_create(schools, batch_size=BATCH)
    today = timezone.now().date()
    labels = [
        Label(school=school, edition=edition, starts_on=today + timedelta(begin), ends_on=today + timedelta(end))
        for school in schools
        for edition, begin, end in (("2025–2026", -400, 300), ("2023–2024", -1130, -401))
    ]
    Label.objects.bulk_create(labels, batch_size=BATCH)
    profiles = [Profile(school=school, pillars=[Pillar.values[n % 5]]) for n, school in enumerate(schools)]
    Profile.objects.bulk_create(profiles, batch_size=BATCH)
    return schools


def write_members(number: int, schools: list[School]) -> list[User]:
    """Create teachers, spread evenly over these schools."""
    people = [User(email=f"person{n}@school.example", name=f"Person {n}", password="!") for n in range(number)]  # noqa: S106
    User.objects.bulk_create(people, batch_size=BATCH)
    memberships = [
        Membership(user=person, school=schools[n % len(schools)], confirmed_by=Confirmation.LEAD)
        for n, person in enumerate(people)
    ]
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    return people


def write_practices(number: int, schools: list[School], authors: list[User] | None = None) -> None:
    """Create published practices, one every ten minutes until yesterday. A quarter are public."""
    dice = random.Random(50)  # noqa: S311 reproducible
    now = timezone.now() - timedelta(days=1)
    rows = []
    for place in range(number):
        words = dice.choices(WORDS, WEIGHTS, k=120)
        youngest = dice.randrange(3, 17)
        practice = Practice(
            title=" ".join(words[:6]),
            summary=" ".join(words[6:30]),
            steps=f"<p>{' '.join(words[30:])}</p>",
            school=dice.choice(schools),
            author=authors[place % len(authors)] if authors else None,
            language=dice.choice([Language.EN, Language.EN, *Language]),
            pillars=dice.sample(Pillar.values, dice.randrange(1, 3)),
            subjects=dice.sample(Subject.values, dice.randrange(1, 4)),
            levels=["isced2"],
            competences=dice.sample(KeyCompetence.values, 2),
            age_min=youngest,
            age_max=youngest + dice.randrange(5),
            duration=dice.choice(Duration.values),
            evidence_strength=dice.choice(EvidenceStrength.values),
            tools=dice.sample(["Padlet", "paper", "TwinSpace", "micro:bit", "Canva", "thermometer"], 2),
            audience=Audience.PUBLIC if place % 4 == 0 else Audience.MEMBERS,
            saves_count=int(dice.expovariate(0.3)),
            adoptions_count=int(dice.expovariate(1)),
            live=True,
            first_published_at=now - timedelta(minutes=10 * (number - place)),
            changed_at=now,
        )
        practice.search_text = fold(f"{practice.title} {practice.summary} {' '.join(words[30:])}")
        rows.append(practice)
        if len(rows) == BATCH:
            Practice.objects.bulk_create(rows)
            rows = []
    Practice.objects.bulk_create(rows)


def write_comments(practice: Practice, authors: list[User], number: int = 20) -> None:
    """Create a discussion of the practice, each comment by a different author."""
    schools = dict(Membership.objects.filter(user__in=authors[:number]).values_list("user", "school"))
    Comment.objects.bulk_create(
        Comment(place=practice, author=author, school_id=schools[author.pk], text=f"We tried it as well. {author}")
        for author in authors[:number]
    )
    Practice.objects.filter(pk=practice.pk).update(comments_count=number)


def write_events(number: int, capacity: int | None = None) -> list[EventPage]:
    """Create events, one every hour from a week ahead."""
    index = EventIndexPage.objects.get()
    begin = timezone.now() + timedelta(days=7)
    return [
        index.add_child(
            instance=EventPage(
                title=f"Event {n}",
                slug=f"event-{n}",
                starts_at=begin + timedelta(hours=n),
                ends_at=begin + timedelta(hours=n + 1),
                capacity=capacity,
            )
        )
        for n in range(number)
    ]


def sign_in(people: list[User]) -> list[str]:
    """Create a database session for each person and return the keys."""
    store = SessionStore()
    rows = []
    for person in people:
        data = {
            "_auth_user_id": str(person.pk),
            "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
            "_auth_user_hash": person.get_session_auth_hash(),
        }
        expire_date = timezone.now() + timedelta(days=7)
        rows.append(
            Session(session_key=get_random_string(32), session_data=store.encode(data), expire_date=expire_date)
        )
    Session.objects.bulk_create(rows, batch_size=BATCH)
    return [row.session_key for row in rows]


def analyse() -> None:
    """Update the planner's statistics, as autovacuum would do in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill(divisor: int = 1) -> dict:
    """Create the full data set, or 1/`divisor` of it. Existing data is kept.

    Returns what the measurements need: addresses, session keys and the school to register for.
    """
    if not Practice.objects.exists():
        call_command("set_up_site", verbosity=0)
        begin = perf_counter()
        schools = write_schools(5000 // divisor)
        people = write_members(60_000 // divisor, schools)
        write_practices(50_000 // divisor, schools, people)
        write_events(2000 // divisor, capacity=100_000)
        write_comments(Practice.objects.published()[0], people)
        analyse()
        print(f"The data is written in {perf_counter() - begin:.0f} s.")
    practices = Practice.objects.published()
    deep = practices[min(40_000, 50_000 // divisor - 30)]
    people = list(User.objects.order_by("pk")[:10_200])
    return {
        "practice": f"practices/{practices[0].pk}-{practices[0].slug}/",
        "deep": f"practices/?after={int(deep.first_published_at.timestamp() * 1_000_000)}-{deep.pk}",
        "readers": sign_in(people[:200]),
        "registrants": sign_in(people[200:]),
        "school": School.objects.values_list("pk", flat=True)[0],
    }
