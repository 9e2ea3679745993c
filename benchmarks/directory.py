"""Benchmark of the directory with 5,000 labelled schools: first and middle page, searches and filters.

    DATABASE_URL=… python -m benchmarks.directory [schools]

Uses its own test database on the server or in the folder that DATABASE_URL names, and removes it afterwards. The target
is a median of 200 ms for every address.
"""

import os
import sys
from statistics import median
from time import perf_counter

import django

TARGET_SECONDS = 0.2
TIMES = 7
ADDRESSES = {
    "first page": "",
    "page in the middle": "?after=okul-2",
    "a word": "?q=IŞIK",
    "a town and a country": "?q=mugla&country=TR",
    "nothing found": "?q=zzz",
    "pillar and edition": "?pillar=agency&edition=2025–2026",
}


def main(schools: int = 5000) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DEBUG", "0")
    django.setup()
    # Models can be imported only after `django.setup`.
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_databases, setup_test_environment, teardown_databases

    from . import data_set

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        data_set.write_schools(schools)
        data_set.analyse()
        client = Client()
        slowest = 0.0
        for label, query in ADDRESSES.items():
            seconds = []
            for _time in range(TIMES):
                reset_queries()
                begin = perf_counter()
                answer = client.get(f"/en/schools/{query}")
                seconds.append(perf_counter() - begin)
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/en/schools/{query}")
            slowest = max(slowest, median(seconds))
            found = len(answer.context["page"].schools), answer.context["total"]
            print(
                f"{connection.vendor:10} {label:22} {1000 * median(seconds):6.0f} ms, {len(asked)} queries, "
                f"{found[0]} of {found[1]} schools, {len(answer.content) // 1024} KB"
            )
        print(f"target {1000 * TARGET_SECONDS:.0f} ms: {'met' if slowest < TARGET_SECONDS else 'MISSED'}")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
