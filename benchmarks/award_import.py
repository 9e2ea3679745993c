"""Benchmark of importing an award list of 3,000 schools, 40 of them broken, including the invitation emails.

    DATABASE_URL=… python -m benchmarks.award_import [rows]

Uses its own test database on the server or in the folder that DATABASE_URL names, and removes it afterwards. The target
is 30 seconds for 3,000 rows with the emails sent inline.
"""

import os
import sys
from collections.abc import Callable
from time import perf_counter, process_time

import django

TARGET_SECONDS = 30


def main(rows: int = 3000, broken: int = 40) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    # Models can be imported only after `django.setup`.
    from django.core import mail
    from django.db import connection
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from community.award_lists.importing import check_rows, import_rows
    from tests.community.award_lists.sample_lists import as_csv, as_xlsx, large_list

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        table, wrong = large_list(rows, broken)
        csv, xlsx = as_csv(table, delimiter=";"), as_xlsx(_writable(table))

        def timed(label: str, work: Callable, **given) -> float:
            begin, cpu = perf_counter(), process_time()
            report = work(invite_leads=True, **given)
            seconds, cpu = perf_counter() - begin, process_time() - cpu
            counts = ", ".join(f"{outcome.value} {count}" for outcome, count in report.counts.items())
            named = {error.line for error in report.errors} == wrong.keys()
            print(f"{connection.vendor:10} {label:18} {seconds:5.1f} s, {cpu:5.1f} s of it in Python: {counts}")
            print(f"{'':10} the broken rows, and no others, are named: {named}; mails sent: {len(mail.outbox)}")
            return seconds

        timed("check CSV", check_rows, content=csv)
        timed("check XLSX", check_rows, content=xlsx)
        seconds = timed("import CSV and mail", import_rows, content=csv)
        timed("import it again", import_rows, content=csv)
        print(f"target {TARGET_SECONDS} s: {'met' if seconds < TARGET_SECONDS else 'MISSED'}")
    finally:
        teardown_databases(databases, verbosity=0)


def _writable(table: list[list]) -> list[list]:
    """Replace control characters, which workbooks cannot contain, by another error in the same row."""
    return [["#N/A" if "\x07" in str(cell) else cell for cell in row] for row in table]


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
