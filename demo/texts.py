"""Reader of the demonstration's data files. Dates in them are relative to the day of seeding."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
_TOKEN = re.compile(r"\{(year|today)([+-]\d+)?\}")


def award_list(today: date) -> bytes:
    """Return the award list with placeholders such as `{year-1}` and `{today-60}` replaced by dates."""

    def fill(match: re.Match) -> str:
        shift = int(match[2] or 0)
        return str(today.year + shift) if match[1] == "year" else str(today + timedelta(days=shift))

    return _TOKEN.sub(fill, (FOLDER / "award_list.csv").read_text()).encode()


def tables(file: str) -> dict[str, list[dict]]:
    """Return all tables of one data file."""
    return tomllib.loads((FOLDER / file).read_text())


def practices() -> Iterator[dict]:
    """Yield the practices of every language, Turkish first."""
    for path in sorted((FOLDER / "practices").glob("*.toml"), key=lambda path: (path.stem != "tr", path.stem)):
        yield from tables(f"practices/{path.name}")["practice"]
