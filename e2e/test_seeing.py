"""The watch over every page is worth something only if it bites."""

import pytest
from playwright.sync_api import Browser, expect

from e2e.catalogue.telling import Telling
from e2e.catalogue.writing import STOPPED, tell_of_what_is_open
from e2e.desk import Clinic
from e2e.pages.tab import AnyPage, Tab

SOUND = "<!doctype html><html lang='en'><title>Sound</title><main><h1>Sound</h1><p>All is well.</p></main></html>"


@pytest.fixture
def tab(clinic: Clinic) -> Tab:
    tab = clinic.desk().new_tab()
    tab.page.set_content(SOUND)
    return tab


def test_a_sound_page_is_let_pass(tab: Tab) -> None:
    tab.shows(AnyPage)


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        ("<input>", "axe: label: <input>"),
        ("<p style='color: #aaa; background: #fff'>Pale</p>", "axe: color-contrast"),
        (
            "<button style='width: 9px; padding: 0'>x</button><button style='width: 9px; padding: 0'>y</button>",
            "axe: target-size",
        ),
        ("<p style='width: 3000px'>Wide</p>", "scrolls sideways by"),
    ],
)
def test_a_page_that_is_not_in_order_is_refused(tab: Tab, spoilt: str, found: str) -> None:
    tab.page.set_content(SOUND.replace("</main>", f"{spoilt}</main>"))

    with pytest.raises(AssertionError, match=found):
        tab.shows(AnyPage)

    tab.page.close()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("console.error('Something broke')", "console: Something broke"),
        ("setTimeout(() => { throw new Error('Something threw') })", "Something threw"),
        (
            "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://elsewhere.example/\" alt=\"\">')",
            "Content Security Policy",
        ),
    ],
)
def test_what_the_console_hears_is_refused(clinic: Clinic, script: str, said: str) -> None:
    page = clinic.desk().opens_the_wizard().tab.page
    with page.context.expect_event("console") if "throw" not in script else page.context.expect_event("weberror"):
        page.evaluate(script)

    with pytest.raises(AssertionError, match=said):
        clinic.seeing.looks(page)

    clinic.seeing.lets_by(said)


def test_a_story_that_stops_shows_what_was_on_the_screen(browser: Browser, tab: Tab) -> None:
    telling = Telling(frozenset({"light"}))
    telling.tell("open a page", tab.page)

    tell_of_what_is_open(telling, browser)

    assert [(step.sentence, step.where) for step in telling.steps] == [("open a page", "Sound"), (STOPPED, "Sound")]
    assert telling.steps[-1].pictures["light"].startswith("data:image/jpeg")


def test_what_is_shown_to_a_colleague_has_captions(clinic: Clinic) -> None:
    page = clinic.desk().opens_the_wizard().tab.page
    telling = Telling(captions=True)

    telling.tell("open the start page", page)
    telling.tell("choose Maria", page)

    expect(page.locator("#story-caption")).to_have_text("choose Maria")
    expect(page.locator("#story-caption")).to_have_css("position", "fixed")
    expect(page.locator("#story-caption")).to_be_in_viewport()


def test_a_page_without_scripts_is_looked_at_as_well(clinic: Clinic) -> None:
    page = clinic.desk(javascript=False).new_tab().page
    spoilt = SOUND.replace("</main>", "<input></main>")
    page.route("http://sound.example/", lambda route: route.fulfill(body=spoilt, content_type="text/html"))
    page.goto("http://sound.example/")

    with pytest.raises(AssertionError, match="axe: label: <input>"):
        clinic.seeing.looks(page)

    page.close()
