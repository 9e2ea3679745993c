"""Production-like servers, and the load generator."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

HERE = Path(__file__).parent
WORKERS = 2
CONNECTIONS = 16
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Load:
    """The result of a wrk run: requests per second, median and 99th percentile in milliseconds."""

    rate: float
    half: float
    nearly_all: float


@contextmanager
def served(application: str, settings: str, port: int) -> Iterator[int]:
    """Run gunicorn with two sync workers on this port, and yield the process id of the master."""
    process = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers", str(WORKERS)),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "error", application),
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
    )
    try:
        for _attempt in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=20)
            except urllib.error.HTTPError:
                break  # the reference has no such page, but it responds
            except (URLError, OSError):
                time.sleep(0.2)
            else:
                break
        else:
            raise SystemExit(f"The server with {settings} does not answer.")
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


def load(address: str, *, keys: Path | None, body: str = "", seconds: int = 5) -> Load:
    """Load an address over 16 connections. Exits unless every response is a success."""
    arguments = [text for text in (keys and str(keys), body) if text]
    output = subprocess.run(  # noqa: S603
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s", "--latency"),
            *("-s", str(HERE / "members.lua"), address, "--", *arguments),
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    if not rate or "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"{address}: not every answer was one of success.\n{output}")

    def percentile(name: str) -> float:
        number, unit = re.search(rf"{name}%\s+([\d.]+)(us|ms|s|m)\b", output).groups()
        return float(number) * UNITS[unit]

    return Load(rate, percentile("50"), percentile("99"))


def memory_of(master: int) -> float:
    """Return the memory of the master and its workers in MB, shared pages counted once (PSS)."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    kilobytes = 0
    for pid in [str(master), *children]:
        kilobytes += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1])
    return kilobytes / 1024
