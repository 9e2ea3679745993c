"""Two restricted ways to use the site: only the keyboard, and no JavaScript.

A story is written once and run with both. It says what the person does, not how.
"""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

# More than the longest of our pages needs, including the admin's menu.
LONGEST_WAY = 300
Words = str | re.Pattern


class Hands:
    """Actions on a page: open, press, follow, write, choose, tick, attach."""

    def __init__(self, page: Page):
        self.page = page
        page.on("dialog", lambda dialog: dialog.accept())

    def sign_in(self, user) -> None:
        client = Client()
        client.force_login(user)
        self.page.goto("/en/")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        origin = self.page.url.removesuffix("/en/")
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": origin}])

    def open(self, address: str) -> None:
        self.page.goto(address)

    def reads(self, words: Words) -> None:
        self.page.get_by_text(words).locator("visible=true").first.wait_for()

    def press(self, name: Words) -> None:
        self._activate(self._visible(self.page.get_by_role("button", name=name, exact=isinstance(name, str))))

    def follow(self, name: Words) -> None:
        self._activate(self._visible(self.page.get_by_role("link", name=name)))

    def unfold(self, name: Words) -> None:
        self._toggle(self._visible(self.page.locator("summary").filter(has_text=name)))

    def write(self, label: Words, text: str) -> None:
        self._type(self._field(label), text)

    def choose(self, label: Words, option: str) -> None:
        self._select(self._field(label), option)

    def tick(self, label: Words) -> None:
        self._check(self._field(label))

    def attach(self, label: Words, file: dict) -> None:
        self._pick(self.page.get_by_label(label).and_(self.page.locator("input[type=file]")).first, file)

    def write_prose(self, name: str, text: str) -> None:
        """Write in the editor if there is one, else in its plain field."""
        self._type(self._visible(self.page.locator(f'textarea[name="{name}_plain"]')), text)

    def score_well(self) -> None:
        """Score each criterion of a review as “well”."""
        for score in self.page.get_by_label("well", exact=True).all():
            self._check(score)

    def _field(self, label: Words) -> Locator:
        return self._visible(self.page.get_by_label(label))

    def _visible(self, locator: Locator) -> Locator:
        """Return the first visible match, within the main part of the page if there is one."""
        return locator.locator("visible=true").first

    def _activate(self, target: Locator) -> None:
        """Follow what leads to another page, and wait for that page."""
        raise NotImplementedError

    def _toggle(self, target: Locator) -> None:
        raise NotImplementedError

    def _type(self, target: Locator, text: str) -> None:
        raise NotImplementedError

    def _select(self, target: Locator, option: str) -> None:
        raise NotImplementedError

    def _check(self, target: Locator) -> None:
        raise NotImplementedError

    def _pick(self, target: Locator, file: dict) -> None:
        raise NotImplementedError


class WithoutScripts(Hands):
    """A mouse without JavaScript."""

    options = {"java_script_enabled": False}

    def _activate(self, target: Locator) -> None:
        target.click()

    def _toggle(self, target: Locator) -> None:
        target.click()

    def _type(self, target: Locator, text: str) -> None:
        target.fill(text)

    def _select(self, target: Locator, option: str) -> None:
        target.select_option(label=option)

    def _check(self, target: Locator) -> None:
        target.check()

    def _pick(self, target: Locator, file: dict) -> None:
        target.set_input_files(file)


class WithTheKeyboard(Hands):
    """Only the keyboard: Tab, Enter, Space, arrows and letters."""

    options = {"reduced_motion": "reduce"}

    def __init__(self, page: Page):
        super().__init__(page)
        # With a listener registered early, the browser reports its file dialog. Registering it only at the press may be
        # too late.
        page.on("filechooser", lambda chooser: None)

    def write_prose(self, name: str, text: str) -> None:
        self._type(self.page.locator(f".field:has(#id_{name}) [contenteditable]").first, text)

    def _reach(self, target: Locator, state: str = "visible") -> None:
        target.wait_for(state=state)
        element = target.element_handle()
        for _step in range(LONGEST_WAY):
            if element.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The keyboard never reached {target}.")

    def _activate(self, target: Locator) -> None:
        self._reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _toggle(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def _type(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.type(text)

    def _select(self, target: Locator, option: str) -> None:
        self._reach(target)
        self.page.keyboard.type(option)
        assert target.evaluate("(select) => select.selectedOptions[0].label") == option

    def _check(self, target: Locator) -> None:
        if target.get_attribute("type") != "radio":
            self._reach(target)
            self.page.keyboard.press("Space")
            return
        # Tab stops at one radio button of a group. The arrows move to the others.
        group = self.page.locator(f'input[type="radio"][name="{target.get_attribute("name")}"]')
        number = group.count()
        self._reach_one_of(group)
        for _step in range(number + 1):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def _reach_one_of(self, group: Locator) -> None:
        name = group.first.get_attribute("name")
        for _step in range(LONGEST_WAY):
            if self.page.evaluate("() => document.activeElement.name") == name:
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The keyboard never reached {name}.")

    def _pick(self, target: Locator, file: dict) -> None:
        # The label is visible, not the field.
        self._reach(target, state="attached")
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)


BOTH = pytest.mark.parametrize("hands", [WithoutScripts, WithTheKeyboard], ids=["without scripts", "keyboard"])
