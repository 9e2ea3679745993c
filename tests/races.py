"""Things that people do in the same second, each in a thread and a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection


def at_the_same_time(*acts: Callable[[], object]) -> list[Exception]:
    """Let all begin together; return what they raised."""
    start, raised = Barrier(len(acts)), []

    def work(act: Callable[[], object]) -> None:
        if connection.vendor == "sqlite":
            # A busy machine must not look like an error.
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
