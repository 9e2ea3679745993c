"""Real browsers and a real server. CHROMIUM names the browser, Debian's by default."""

import os

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Disables the browser's own requests, which fail in a closed network.
SILENT = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu", *SILENT]}


@pytest.fixture(scope="session", autouse=True)
def _allow_queries_beside_playwright():
    """Allow database calls beside Playwright's event loop, which runs in the test's thread."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def person(browser: Browser, live_server):
    """Open a separate browser for each person of a story. Fails on script errors and on requests to other hosts."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_browser(*, expects_refusals: bool = False, **options) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if not expects_refusals:
            page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        own = (live_server.url, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(own) or complaints.append(request.url))
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert complaints == []
