"""A migrated SQLite database, reused between test runs because migrating takes longer than most test folders."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings

FOLDER = settings.BASE_DIR / "var" / "migrated"


def kept() -> Path:
    """Return the path of the database for exactly this code: all migrations, and all our modules they may call."""
    known = hashlib.sha256()
    for app in apps.get_app_configs():
        own = Path(app.path).parent == settings.BASE_DIR
        for path in sorted(Path(app.path).rglob("*.py") if own else Path(app.path, "migrations").glob("*.py")):
            known.update(str(path).encode() + path.read_bytes())
    return FOLDER / f"{known.hexdigest()}.sqlite3"


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use. The target appears complete or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(unfinished)) as other:
        one.backup(other)
    unfinished.replace(target)


def keep(source: Path) -> None:
    """Store this database and remove those of earlier code."""
    copy(source, kept())
    for path in FOLDER.glob("*.sqlite3"):
        if path != kept():
            path.unlink(missing_ok=True)
