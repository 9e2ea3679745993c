"""Production neither installs nor imports the demonstration."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

# Everything that a server loads: the apps, the hooks of every room, the views of every address.
LOAD = """
import sys
import django
django.setup()
from django.apps import apps
from django.urls import get_resolver
from wagtail import hooks
hooks.search_for_hooks()
get_resolver().url_patterns
print(apps.is_installed("demo"), "demo" in sys.modules, "home.urls" in sys.modules, "home.wagtail_hooks" in sys.modules)
"""
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "a-secret-of-this-test",
    "ALLOWED_HOSTS": "schools.example",
    "DATABASE_URL": "sqlite://:memory:",
    "SITE_URL": "https://schools.example",
    "EMAIL_URL": "dummymail://",
    "DEFAULT_FROM_EMAIL": "noreply@schools.example",
    # Nothing asks for it there.
    "DEMO": "1",
}


@pytest.mark.parametrize(
    ("environment", "loaded"),
    [
        (PRODUCTION, "False False True True"),
        ({"DJANGO_SETTINGS_MODULE": "config.settings.dev"}, "True True True True"),
    ],
    ids=["production", "development"],
)
def test_only_development_loads_the_demonstration(environment, loaded, tmp_path):
    answer = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.stdout.strip(), answer.returncode) == (loaded, 0), answer.stderr
