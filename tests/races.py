"""Concurrent actions, each in its own thread and connection."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def at_the_same_time(*acts: Callable[[], object]) -> list[Exception]:
    """Start all actions together, and return what they raised."""
    start, raised = Barrier(len(acts)), []

    def work(act: Callable[[], object]) -> None:
        if connection.vendor == "sqlite":
            # Keep a slow machine from looking like an error.
            connection.cursor().execute("PRAGMA busy_timeout = 120000")
        start.wait()
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
