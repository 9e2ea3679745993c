"""Benchmark of the site against bare Django on the same machine in the same minute.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python -m benchmarks [--small] [--keep] [--seconds 5]

Fills its own test database with 50,000 practices, 5,000 schools, 60,000 people and 2,000 events, starts the site with
its production settings and the reference (benchmarks/reference/), and loads each address over 16 connections. The
reference is measured before and after. If the two differ by more than 15 %, the run is discarded and repeated. Prints a
table and writes `bench.json` into DATA_DIR. `--small` uses a fiftieth of the data, `--keep` keeps it for the next run.
Needs wrk, PostgreSQL and Redis.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import django

from .serving import Load, load, memory_of, served

SITE, REFERENCE = 8741, 8742
READERS, REGISTRANTS, VISITOR = "readers", "registrants", ""
STEADY = 0.15
TRIES = 4
MUST_MEMORY, AIM_MEMORY = 280, 220
# The highest ratio allowed between the 99th percentile and the median.
MUST_SPREAD = 1.6


@dataclass(frozen=True)
class Candidate:
    """An address of the site, its reference, and the ratios of their rates that it must and should reach.

    `address` and `reference` take the number of the run, because nobody can register for the same event twice.
    """

    name: str
    address: Callable[[int], str]
    reference: Callable[[int], str]
    must: float
    aim: float
    # The file of session keys that the requests use in turn. Empty for visitors.
    people: str = READERS
    body: str = ""


@dataclass(frozen=True)
class Result:
    name: str
    site: Load
    reference: float
    ratio: float
    must: float
    aim: float
    steady: bool


def settings_of_production(folder: str) -> None:
    """Set the environment for the production settings, with files in a folder of their own."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        if not os.environ.get(name):
            raise SystemExit(f"Set {name}: speed is measured on the engine of production.")
    if not shutil.which("wrk"):
        raise SystemExit("Install wrk, which puts the load on.")
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings.production",
        SECRET_KEY="only-to-measure",  # noqa: S106
        ALLOWED_HOSTS="127.0.0.1,testserver",
        SITE_URL=f"http://127.0.0.1:{SITE}",
        EMAIL_URL="dummymail://",
        DEFAULT_FROM_EMAIL="nobody@localhost",
        SECURE_SSL_REDIRECT="0",
        DATA_DIR=folder,
    )


def candidates(data: dict) -> list[Candidate]:
    """Return the addresses with a performance target."""

    def page(path: str) -> Callable[[int], str]:
        return lambda _run: f"http://127.0.0.1:{SITE}/en/{path}"

    def tpl20(_run: int) -> str:
        return f"http://127.0.0.1:{REFERENCE}/tpl20/"

    practices = "practices/"
    return [
        Candidate("practice list", page(practices), tpl20, 0.35, 0.5),
        Candidate("practice with 20 comments", page(data["practice"]), tpl20, 0.35, 0.5),
        Candidate("faceted search, two words", page(f"{practices}?q=climate+lab&pillar=agency"), tpl20, 0.25, 0.4),
        Candidate("dashboard", page("dashboard/"), tpl20, 0.25, 0.4),
        Candidate("public home, visitor", page(""), tpl20, 1, 2, people=VISITOR),
        Candidate("event", page("events/event-0/"), tpl20, 0.35, 0.5),
        Candidate("list, page 2,000", page(data["deep"]), page(practices), 1 / 1.3, 1 / 1.1),
        Candidate(
            "registration",
            lambda run: f"http://127.0.0.1:{SITE}/en/events/event-{2 * run}/register/",
            lambda run: f"http://127.0.0.1:{REFERENCE}/register/event-{2 * run + 1}/{data['school']}/",
            *(0.5, 0.7),
            people=REGISTRANTS,
            body="shows_name=on",
        ),
    ]


def measure(candidate: Candidate, folder: Path, seconds: int) -> Result:
    """Measure the candidate between two runs of its reference, and repeat until those agree."""
    numbers = count()

    def one(address: Callable[[int], str], people: str, seconds: int = seconds) -> Load:
        keys = folder / people if people else None
        return load(address(next(numbers)), keys=keys, body=candidate.body, seconds=seconds)

    def site(**more: int) -> Load:
        return one(candidate.address, candidate.people, **more)

    def reference() -> Load:
        return one(candidate.reference, candidate.people or READERS)

    # The first requests warm the caches of each process.
    site(seconds=2)
    for _try in range(TRIES):
        before, own, after = reference(), site(), reference()
        rate = (before.rate + after.rate) / 2
        steady = abs(before.rate - after.rate) <= STEADY * rate
        if steady:
            break
    return Result(candidate.name, own, rate, own.rate / rate, candidate.must, candidate.aim, steady)


def verdict(result: Result) -> str:
    if not result.steady:
        return "not steady: again"
    return "aim" if result.ratio >= result.aim else "must" if result.ratio >= result.must else "MISSED"


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the site is, beside bare Django.")
    parser.add_argument("--small", action="store_true", help="a fiftieth of the data")
    parser.add_argument("--keep", action="store_true", help="leave the data for the next run")
    parser.add_argument("--seconds", type=int, default=5, help="how long each address is asked")
    parser.add_argument("--only", default="", help="only candidates whose name begins so")
    asked = parser.parse_args()
    result_file = Path(os.environ.get("DATA_DIR", "var")) / "bench.json"
    with tempfile.TemporaryDirectory(prefix="etwinning-schools-bench-") as folder:
        settings_of_production(folder)
        django.setup()
        run(asked, Path(folder), result_file)


def run(asked: argparse.Namespace, folder: Path, result_file: Path) -> None:
    # Models can be imported only after `django.setup`.
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from . import data_set

    databases = setup_databases(verbosity=0, interactive=False, keepdb=asked.keep)
    try:
        url = urlsplit(os.environ["DATABASE_URL"])
        os.environ["DATABASE_URL"] = url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        call_command("compile_translations", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        data = data_set.fill(50 if asked.small else 1)
        for name in (READERS, REGISTRANTS):
            (folder / name).write_text("\n".join(data[name]))
        connection.close()
        results, memory = [], 0.0
        with (
            served("config.wsgi", "config.settings.production", SITE) as master,
            served("benchmarks.reference.wsgi", "benchmarks.reference.settings", REFERENCE),
        ):
            print(f"{'':28}{'site':>7} {'ref.':>7} {'ratio':>6} {'must':>6} {'aim':>6} {'half':>8} {'99 %':>8}")
            for candidate in candidates(data):
                if not candidate.name.startswith(asked.only):
                    continue
                result = measure(candidate, folder, asked.seconds)
                results.append(result)
                print(
                    f"{result.name:28}{result.site.rate:7.1f} {result.reference:7.1f} {result.ratio:6.2f}"
                    f" {result.must:6.2f} {result.aim:6.2f} {result.site.half:6.0f}ms {result.site.nearly_all:6.0f}ms"
                    f"  {verdict(result)}",
                    flush=True,
                )
            memory = memory_of(master)
        met = "aim" if memory <= AIM_MEMORY else "must" if memory <= MUST_MEMORY else "MISSED"
        print(f"memory, master and workers: {memory:.0f} MB  {met}")
        result_file.parent.mkdir(parents=True, exist_ok=True)
        result_file.write_text(
            json.dumps({"memory_mb": memory, "results": [asdict(each) for each in results]}, indent=1)
        )
    finally:
        if not asked.keep:
            teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
