"""Benchmark of the practice list: facets, words, page 2,000, and a practice with its related ones.

    DATABASE_URL=… python -m benchmarks.finding [practices]

Uses its own test database on the server or in the folder that DATABASE_URL names, and removes it afterwards. The
practices are the same each time. Times are medians of whole requests in this process.
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

import django

ROUNDS = 15


def main(number: int = 50_000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    # Models can be imported only after `django.setup`.
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases

    from groups.practices.finding.index import INDEX
    from groups.practices.models import Practice
    from home.site_setup import set_up_site
    from tests.factories import MembershipFactory

    from . import data_set

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("compile_translations", verbosity=0)
        set_up_site()
        reader = MembershipFactory().user
        data_set.write_practices(number, data_set.write_schools(500))
        data_set.analyse()
        begin = perf_counter()
        INDEX.fresh()
        print(f"{connection.vendor}, {number} practices; the index is read in {perf_counter() - begin:.2f} s")
        # Recent practices would be reloaded on every request. Pretend they are older, as on a running site.
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


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
