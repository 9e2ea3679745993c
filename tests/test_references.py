"""Every file, folder and name that comments, docstrings and documents mention exists.

Checked are paths (`manage.py`), names in them (`config/urls.py:urlpatterns`), folders (`docs/decisions/`), dotted names
(`config.settings.base`), numbers of decisions and commands of manage.py. A path begins at the root, in `templates/`, in
`static/`, or in the folder of the mentioning file or one above; a bare name in a document may be anywhere.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from .test_architecture import FLOORS

BASE = Path(settings.BASE_DIR)
PACKAGES = [*FLOORS, "benchmarks", "tests"]
# The changelog names what is gone.
DOCUMENTS = sorted({*BASE.glob("*.md"), *BASE.glob("*/*/*.md"), *BASE.glob("docs/**/*.md")} - {BASE / "CHANGELOG.md"})
# Files of other projects.
FOREIGN = {"package/countries-50m.json", "bench.json"}

PLACE = r"(?:[\w.-]+|<\w+>)"
REFERENCES = {
    "file": re.compile(rf"((?:{PLACE}/)*{PLACE}\.(?:py|html|css|js|toml|txt|md|conf|po|json))(?::(\w+(?:\.\w+)*))?"),
    "folder": re.compile(rf"((?!\d){PLACE}/(?:{PLACE}/)*)"),
    "decision": re.compile(r"(docs/decisions/\d{4})"),
    "dotted": re.compile(rf"((?:{'|'.join(PACKAGES)})(?:\.\w+)+)"),
}
# A word that may be a reference. Addresses begin with a slash or contain a colon.
WORD = re.compile(r"(?<![\w/.:<>{}@%?=-])[\w<][\w./<>:-]*[\w/>]")
COMMAND = re.compile(r"manage\.py\s+(?:#\s*)?([a-z]\w+)")
# The prose of each kind of file, in the last group. In Python: docstrings and comments. Other strings may hold a #.
PROSE = {
    ".py": re.compile(
        r'''^[ ]*("""(?:.*?)""")|"""(?:.*?)"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(\#[^\n]*)''',
        re.DOTALL | re.MULTILINE,
    ),
    ".html": re.compile(r"(\{#.*?#\}|\{% comment.*?endcomment %\})", re.DOTALL),
    ".css": re.compile(r"(/\*.*?\*/)", re.DOTALL),
    ".js": re.compile(r"(/\*.*?\*/|^\s*//[^\n]*)", re.DOTALL | re.MULTILINE),
    ".md": re.compile(r"(.*)", re.DOTALL),
    "": re.compile(r"(?:^|\s)(#[^\n]*)"),
}


def lines_before(position: int, text: str) -> int:
    return text.count("\n", 0, position)


def prose_of(text: str, ending: str) -> Iterator[tuple[int, str]]:
    """Yield the comments and docstrings of a file with the line each begins in."""
    for match in PROSE.get(ending, PROSE[""]).finditer(text):
        if match.lastindex:
            yield 1 + lines_before(match.start(match.lastindex), text), match[match.lastindex]


def references_in(text: str) -> Iterator[tuple[int, str, re.Match]]:
    """Yield each reference in the text with its position and kind."""
    for word in WORD.finditer(text):
        for kind, pattern in REFERENCES.items():
            if match := pattern.fullmatch(word[0]):
                yield word.start(), kind, match
                break


@cache
def names_defined_in(path: Path) -> set[str]:
    """Return the names of a module, and those of its classes as Class.name."""
    names = set()

    def collect(body: list[ast.stmt], prefix: str = "") -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(prefix + node.name)
            if isinstance(node, ast.ClassDef):
                collect(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, ast.If | ast.Try | ast.With):
                collect(node.body, prefix)
                collect(getattr(node, "orelse", []), prefix)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names.update(prefix + leaf.id for target in targets for leaf in ast.walk(target) if hasattr(leaf, "id"))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names.update(prefix + (alias.asname or alias.name) for alias in node.names)

    collect(ast.parse(path.read_text()).body)
    return names


@cache
def anywhere(name: str) -> bool:
    """Return whether a file or folder of this name is in the repository."""
    return any(next((BASE / top).rglob(name), None) for top in [*PACKAGES, "templates", "static", "locale", "docs"])


def files_named(name: str, mentioned_in: Path) -> list[Path]:
    """Return the files or folders that a path may mean; `<room>` means any."""
    pattern = re.sub(r"<\w+>", "*", name)
    above = [folder for folder in mentioned_in.parents if folder.is_relative_to(BASE)]
    return [found for root in [*above, BASE / "templates", BASE / "static"] for found in root.glob(pattern)]


def is_dotted_name(name: str) -> bool:
    """Return whether the name is a module, or is defined in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module, rest = BASE.joinpath(*parts[:length]), ".".join(parts[length:])
        file = next((path for path in (module.with_suffix(".py"), module / "__init__.py") if path.exists()), None)
        if file:
            return not rest or rest in names_defined_in(file)
    return False


def resolves(kind: str, match: re.Match, mentioned_in: Path) -> bool:
    name = match[1]
    if kind == "dotted":
        return is_dotted_name(name)
    if kind == "decision":
        return bool(files_named(f"{name}*", mentioned_in))
    found = files_named(name, mentioned_in)
    if kind == "file" and match[2]:
        return any(match[2] in names_defined_in(path) for path in found)
    return bool(found) or name in FOREIGN or (mentioned_in in DOCUMENTS and "/" not in name[:-1] and anywhere(name))


def stale_in(text: str, mentioned_in: Path) -> Iterator[tuple[int, str]]:
    """Yield position and text of each reference that leads nowhere."""
    for position, kind, match in references_in(text):
        if not resolves(kind, match, mentioned_in):
            yield position, match[0]
    for match in COMMAND.finditer(text):
        if match[1] not in get_commands():
            yield match.start(), match[0]


def files() -> Iterator[Path]:
    yield from DOCUMENTS
    yield from [BASE / ".ci/run", BASE / "Makefile", BASE / "publiccode.yml", BASE / "pyproject.toml"]
    yield from BASE.glob("requirements*.txt")
    for folder, ending in [*((package, "py") for package in PACKAGES), ("demo", "toml"), ("home", "toml")]:
        yield from (path for path in (BASE / folder).rglob(f"*.{ending}") if "migrations" not in path.parts)
    for folder, ending in [("templates", "html"), ("static/css", "css"), ("static/js", "js"), ("deploy", "conf")]:
        yield from (BASE / folder).rglob(f"*.{ending}")


def test_nothing_refers_to_what_is_gone():
    stale = [
        f"{path.relative_to(BASE)}:{line + lines_before(position, text)}: {reference}"
        for path in files()
        for line, text in prose_of(path.read_text(), path.suffix)
        for position, reference in stale_in(text, path)
    ]
    assert stale == []


@pytest.mark.parametrize(
    ("there", "gone"),
    [
        ("config/urls.py", "config/adresses.py"),
        ("../urls.py, see urls.py", "see adresses.py"),
        ("config/urls.py:urlpatterns", "config/urls.py:pattern"),
        ("community/models/users.py:User.is_staff", "community/models/users.py:User.sing"),
        ("components/icon.html", "components/ikon.html"),
        ("`events/seats/`", "`events/seating/`"),
        ("<app>/messages.py", "<app>/massages.py"),
        ("docs/decisions/0003", "docs/decisions/9999"),
        ("config.settings.base.DATA_DIR", "config.settings.base.DATA_FOLDER"),
        ("`manage.py migrate`", "`manage.py emigrate`"),
        ("and/or 1/2 /en/accounts/ https://a.example/b/ 3.5.", ""),
    ],
)
def test_the_check_sees_what_is_gone(there, gone):
    module = BASE / "config" / "declare.py"
    assert list(stale_in(there, module)) == []
    assert len(list(stale_in(gone, module))) == bool(gone)


def test_the_check_reads_comments_and_docstrings_only():
    source = (
        '''"""Module"""\nclass A:\n    """Class"""\n    def f():\n        return "#b", """c""", '#"'  # why "not"\n'''
    )
    assert list(prose_of(source, ".py")) == [(1, '"""Module"""'), (3, '"""Class"""'), (5, '# why "not"')]
