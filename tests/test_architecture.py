"""An app imports only from lower floors, wherever the import is. The same holds for its foreign keys.

Apps on one floor do not import each other, and the activities of an app import each other in no circle.
"""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

FLOORS = {
    "notifications": 0,
    "community": 1,
    "content": 2,
    "moderation": 3,
    "groups": 4,
    "directory": 4,
    "events": 4,
    "learning": 5,
    "home": 7,
    "demo": 8,
    "config": 9,
}
# Swappable models are referenced upward, as strings, through settings.
SWAPPABLE = {"community.user", "content.siteimage", "content.sitedocument"}
BESIDE_THE_HOUSE = {"benchmarks", "tests"}
ACTIVITIES = {
    "events": {"after", "calendar", "joining", "organisers", "planning", "proposing", "seats"},
    "groups/practices": {"finding", "page", "reuse", "review", "writing"},
    "groups/discussions": {"comments", "mentions", "polls", "topics"},
}
NO_ACTIVITIES = {"management", "migrations", "models", "templatetags"}
# Folders of templates/ that are not named after a room.
ROOMS_OF_TEMPLATES = {
    **dict.fromkeys(("account", "allauth", "mfa", "socialaccount"), "community"),
    **dict.fromkeys(("practices", "discussions"), "groups"),
}
NOTHING_SAYING_NAMES = {"utils", "helpers", "services", "managers", "common", "core", "misc"}


def modules_of(room: str) -> Iterator[Path]:
    return (settings.BASE_DIR / room).rglob("*.py")


def imported_rooms(source: str, room: str) -> set[str]:
    """Return the apps that a module imports in any way, including inside functions."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {
            "import_module",
            "import_string",
            "get_model",
        }:
            names |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return {name.partition(".")[0] for name in names} & FLOORS.keys() - {room}


def climbing(room: str, rooms: set[str]) -> set[str]:
    return {other for other in rooms if FLOORS[other] >= FLOORS[room]}


def test_the_check_sees_an_import_in_a_function():
    source = "def f():\n    from groups.models import Practice\n    import home.search"
    assert climbing("community", imported_rooms(source, "community")) == {"groups", "home"}


def packages_in(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_every_room_has_a_floor():
    assert packages_in(settings.BASE_DIR) - BESIDE_THE_HOUSE == FLOORS.keys()


def test_imports_go_down_floors():
    wrong = {
        f"{path.relative_to(settings.BASE_DIR)} imports {', '.join(sorted(rooms))}"
        for room in FLOORS
        for path in modules_of(room)
        if (rooms := climbing(room, imported_rooms(path.read_text(), room)))
    }
    assert wrong == set()


def test_apps_plug_into_other_rooms_through_hooks_alone():
    """AppConfig.ready() registers nothing in another room (docs/decisions/0015)."""
    wrong = {
        f"{app.name} imports {', '.join(sorted(rooms))}"
        for app in apps.get_app_configs()
        if (room := app.name.partition(".")[0]) in FLOORS
        and (rooms := imported_rooms(Path(app.path, "apps.py").read_text(), room))
    }
    assert wrong == set()


def libraries_loaded(source: str) -> set[str]:
    """Return the names of the tag libraries that a template loads."""
    loads = re.findall(r"{% load (?:[^%]* from )?([^%]*)%}", source)
    return {name for names in loads for name in names.split()}


def test_template_tags_are_on_the_floor_of_their_lowest_user():
    homes = {path.stem: room for room in FLOORS for path in modules_of(room) if path.parent.name == "templatetags"}
    templates = settings.BASE_DIR / "templates"
    wrong = set()
    for path in [*templates.rglob("*.html"), *templates.rglob("*.txt")]:
        folders = [folder for folder in path.relative_to(templates).parts if folder != "email"]
        room = ROOMS_OF_TEMPLATES.get(folders[0], folders[0])
        used = {homes[name] for name in libraries_loaded(path.read_text()) if name in homes}
        # Components, layouts and error pages belong to the frame, which home looks after.
        if room in FLOORS and climbing(room, used - {room}):
            wrong.add(f"{path.relative_to(templates)} loads tags of {', '.join(sorted(used))}")
    assert libraries_loaded("{% load i18n charts %}{% load x from navigation %}") == {"i18n", "charts", "navigation"}
    assert wrong == set()


def imports_of(path: Path, base: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, relative ones resolved."""
    package = ".".join(path.relative_to(base).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imports_between(activities: set[str], folder: Path, base: Path) -> dict[tuple[str, str], set[str]]:
    """Return, for two activities of which one imports the other, the sentences that name file and import."""
    app = ".".join(folder.relative_to(base).parts)
    found: dict[tuple[str, str], set[str]] = {}
    for activity in activities:
        for path in (folder / activity).rglob("*.py"):
            for name in imports_of(path, base):
                other = name.removeprefix(f"{app}.").partition(".")[0] if name.startswith(f"{app}.") else ""
                if other in activities - {activity}:
                    found.setdefault((activity, other), set()).add(f"{path.relative_to(base)} imports {name}")
    return found


def circle_in(imports: dict[tuple[str, str], set[str]]) -> set[str]:
    """Return the sentences about the imports that form a circle; empty if none do."""
    graph: dict[str, set[str]] = {}
    for activity, other in imports:
        graph.setdefault(activity, set()).add(other)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return {sentence for other, one in pairwise(error.args[1]) for sentence in imports[one, other]}
    return set()


def test_the_check_names_file_and_import_of_a_circle(tmp_path):
    modules = {
        "one/verbs.py": "from ..two import views",
        "two/views.py": "def f():\n    import app.three.forms",
        "three/forms.py": "from app.one.verbs import verb",
        "four/verbs.py": "from ..one import verbs",
    }
    for name, source in modules.items():
        path = tmp_path / "app" / name
        path.parent.mkdir(parents=True)
        path.write_text(source)
    imports = imports_between({"one", "two", "three", "four"}, tmp_path / "app", tmp_path)
    circle = {
        "app/one/verbs.py imports app.two.views",
        "app/two/views.py imports app.three.forms",
        "app/three/forms.py imports app.one.verbs.verb",
    }
    assert imports["four", "one"] == {"app/four/verbs.py imports app.one.verbs"}
    assert circle_in(imports) == circle


@pytest.mark.parametrize("app", ACTIVITIES)
def test_activities_import_each_other_in_no_circle(app):
    imports = imports_between(ACTIVITIES[app], settings.BASE_DIR / app, settings.BASE_DIR)
    assert imports
    assert circle_in(imports) == set()


@pytest.mark.parametrize("app", ACTIVITIES)
def test_every_activity_is_known_and_says_what_it_is_for(app):
    folder = settings.BASE_DIR / app
    assert packages_in(folder) - NO_ACTIVITIES == ACTIVITIES[app]
    silent = {
        name
        for name in ACTIVITIES[app]
        if not ast.get_docstring(ast.parse((folder / name / "__init__.py").read_text()))
    }
    assert silent == set()


def test_planning_knows_the_seats_alone():
    imports = imports_between(ACTIVITIES["events"], settings.BASE_DIR / "events", settings.BASE_DIR)
    assert {other for activity, other in imports if activity == "planning"} == {"seats"}


@pytest.mark.parametrize(("app", "other"), [("practices", "discussions"), ("discussions", "practices")])
def test_the_apps_of_groups_do_not_import_each_other(app, other):
    wrong = {
        f"{path.relative_to(settings.BASE_DIR)} imports {name}"
        for path in modules_of(f"groups/{app}")
        for name in imports_of(path, settings.BASE_DIR)
        if name.startswith(f"groups.{other}.")
    }
    assert wrong == set()


def test_foreign_keys_go_down_floors():
    wrong = set()
    for model in apps.get_models():
        room = model._meta.app_label
        for field in model._meta.get_fields(include_hidden=True):
            if not field.is_relation or field.auto_created or not field.related_model or room not in FLOORS:
                continue
            target = field.related_model._meta
            if target.label_lower in SWAPPABLE or target.app_label == room or target.app_label not in FLOORS:
                continue
            if climbing(room, {target.app_label}):
                wrong.add(f"{model._meta.label}.{field.name} → {target.label}")
    assert wrong == set()


def test_file_names_say_something():
    wrong = {
        str(path.relative_to(settings.BASE_DIR))
        for room in FLOORS
        for path in modules_of(room)
        if path.stem in NOTHING_SAYING_NAMES or path.parent.name in NOTHING_SAYING_NAMES
    }
    assert wrong == set()
