"""How long the list of practices takes over many of them: facets, words, page 2,000, a practice with its related ones.

    DATABASE_URL=… python -m benchmarks.finding [practices]

Uses a test database of its own on the server or in the folder that DATABASE_URL names, and removes it afterwards. The
practices are the same each time. Times are those of the whole request in this process, the median of several.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

import django

ROUNDS = 15
BATCH = 2000
# As often as in a text: the first are in most of them, the last in hardly any.
FREQUENT_FIRST = (
    "pupils school project climate lab reading maths river garden robot museum letter video song water energy paper"
    " bridge story theatre market forest weather insect planet music history family kitchen street harbour"
)
WORDS = FREQUENT_FIRST.split()


def main(number: int = 50_000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    # The models can be imported only now.
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases

    from groups.finding.index import INDEX
    from groups.models import Practice
    from home.site_setup import set_up_site
    from tests.factories import MembershipFactory

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("compile_translations", verbosity=0)
        set_up_site()
        reader = MembershipFactory().user
        for batch in batches(number):
            Practice.objects.bulk_create(batch)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        begin = perf_counter()
        INDEX.fresh()
        print(f"{connection.vendor}, {number} practices; the index is read in {perf_counter() - begin:.2f} s")
        # What has just been written is not read again with each request, as in a site that runs.
        INDEX._newest += timedelta(minutes=10)
        client = Client()
        client.force_login(reader)

        def measure(label: str, address: Callable[[], str]) -> None:
            client.get(address())
            with CaptureQueriesContext(connection) as queries:
                client.get(address())
            asked = list(queries)
            times, cpu = [], process_time()
            for _round in range(ROUNDS):
                begin = perf_counter()
                answer = client.get(address())
                times.append(perf_counter() - begin)
                assert answer.status_code == 200, address()
            cpu = (process_time() - cpu) / ROUNDS * 1000
            database = sum(float(query["time"]) for query in asked) * 1000
            print(
                f"{label:26} {median(times) * 1000:7.1f} ms, {cpu:6.1f} ms of it in Python;"
                f" {len(asked):2} queries in {database:6.1f} ms"
            )

        deep = Practice.objects.published()[min(number - 30, 40_000)]
        moment = int(deep.first_published_at.timestamp() * 1_000_000)
        listed = "/en/practices/"
        for label, address in {
            "list": listed,
            "page 2,000": f"{listed}?after={moment}-{deep.pk}",
            "one pillar": f"{listed}?pillar=agency",
            "four facets": f"{listed}?pillar=agency&age=11-14&language=en&evidence=survey",
            "a rare facet": f"{listed}?country=MT&subject=drama&tool=padlet",
            "most saved": f"{listed}?sort=saved",
            "most adopted of a pillar": f"{listed}?sort=adopted&pillar=agency",
            "two rare words": f"{listed}?q=harbour+street",
            "two frequent words": f"{listed}?q=pupils+school",
            "two words and two facets": f"{listed}?q=climate+lab&age=11-14&language=en",
            "a practice": deep.get_absolute_url(),
        }.items():
            measure(label, lambda address=address: address)
    finally:
        teardown_databases(databases, verbosity=0)


def batches(number: int) -> Iterator[list]:
    """Unsaved published practices, always the same."""
    from django.utils import timezone

    from community.access import Audience
    from community.models import School
    from content.search import fold
    from content.taxonomy import Duration, EvidenceStrength, KeyCompetence, Language, Pillar, Subject
    from groups.models import Practice

    dice = random.Random(50)  # noqa: S311 the same each time
    countries = ["TR", "PT", "ES", "IT", "FR", "DE", "PL", "RO", "GR", "EE", "FI", "IE", "NL", "HR", "MT"]
    schools = School.objects.bulk_create(
        School(code=f"B-{n}", name=f"School {n}", slug=f"school-{n}", country=countries[n % len(countries)])
        for n in range(500)
    )
    weights = [1 / (place + 1) for place in range(len(WORDS))]
    now = timezone.now() - timedelta(days=1)
    rows = []
    for place in range(number):
        words = dice.choices(WORDS, weights, k=120)
        youngest = dice.randrange(3, 17)
        practice = Practice(
            title=" ".join(words[:6]),
            summary=" ".join(words[6:30]),
            steps=f"<p>{' '.join(words[30:])}</p>",
            school=dice.choice(schools),
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
            tries_count=int(dice.expovariate(1)),
            live=True,
            first_published_at=now - timedelta(minutes=10 * (number - place)),
            changed_at=now,
        )
        practice.search_text = fold(f"{practice.title} {practice.summary} {' '.join(words[30:])}")
        rows.append(practice)
        if len(rows) == BATCH:
            yield rows
            rows = []
    yield rows


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
