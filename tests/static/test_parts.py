"""The parts every page is made of say what they are given, to the character."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from wizard.verdict import Status, Verdict

ROOT = Path(__file__).parents[2]
PAGES = Environment(
    loader=FileSystemLoader([ROOT / "templates", ROOT / "static"]), autoescape=True, undefined=StrictUndefined
)


def macros(part: str, **context: object) -> Any:
    return PAGES.get_template(f"parts/{part}.html").make_module(context)


def words(markup: str) -> str:
    """What is read aloud: the text without its tags, as one line."""
    return " ".join(re.sub(r"<[^>]+>", "", markup).split())


def test_exact_draws_each_space_and_keeps_it() -> None:
    markup = macros("_copy").exact("A b ")

    assert markup == '<span class="exact">A<span class="space"> </span>b<span class="space"> </span></span>'


def test_exact_underlines_what_differs() -> None:
    markup = macros("_copy").exact("Pi ", differs=(1, 2))

    assert markup == ('<span class="exact">P<span class="differs">i</span><span class="space differs"> </span></span>')


def test_exact_escapes_what_a_stranger_named_a_calendar() -> None:
    assert "<b>" not in macros("_copy").exact("<b>")
    assert '"><b>' not in macros("_copy").copy_field("name", "Name", '"><b>')


@pytest.mark.parametrize("state", Status)
def test_status_is_a_word_and_an_icon(state: Status) -> None:
    markup = macros("_status").status(Verdict(state, "CODE", "Because."))

    assert words(markup) == state.value
    assert re.search(r'<svg class="icon"[^>]*aria-hidden="true"[^>]*><(circle|path)', markup)


def test_status_says_its_second_line_else_the_note_of_the_verdict() -> None:
    verdict = Verdict(Status.NOT_CHECKED, "CODE", "Because.", note="not begun")

    assert words(macros("_status").status(verdict)) == "Not checked – not begun"
    assert words(macros("_status").status(verdict, "you said it is done")) == "Not checked – you said it is done"


@pytest.mark.parametrize(("count", "heading"), [(1, "There is 1 thing to change"), (2, "There are 2 things to change")])
def test_problems_counts_and_takes_the_focus(count: int, heading: str) -> None:
    markup = macros("_problems").problems([("name", "Give the clinic a name.")] * count)

    assert heading in markup
    assert markup.count('<a href="#name">Give the clinic a name.</a>') == count
    assert re.search(r'tabindex="-1" autofocus', markup)


def test_problems_of_a_good_form_are_nothing() -> None:
    assert macros("_problems").problems([]).strip() == ""
    assert macros("_problems").problem("name", "") == ""


def test_outward_link_says_that_it_opens_a_new_tab() -> None:
    markup = macros("_outward").outward("https://accounts.google.com/Logout", "Open Google's sign-out page")

    assert words(markup) == "Open Google&#39;s sign-out page (opens in new tab)"
    assert 'target="_blank" rel="noopener noreferrer"' in markup


@pytest.mark.parametrize(("name", "dated"), [("google-choose", True), ("pimsy-folder", True), ("exact-name", False)])
def test_drawing_of_a_foreign_page_says_what_it_is_and_when(name: str, dated: bool) -> None:
    markup = macros("_drawing").drawing(name)

    assert ("Drawing. The real page may look a little different. Checked " in words(markup)) is dated
    assert f'aria-labelledby="{name}-title {name}-desc"' in markup


def test_drawings_of_permissions_carry_the_names_of_the_settings() -> None:
    part = macros("_drawing", integration_name="Maple Sync", checker_name="Maple Look")

    markup = words(part.drawing("two-permissions"))

    assert "Maple Sync writes. Maple Look only reads." in markup
    assert "PIMSY Calendar Integration" not in markup


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("sam@clinic.example", "sam@clinic.example"),
        ("a.very.long.address@clinic.example", "a.very.long.address@cli…"),
        ("", "your account"),
    ],
)
def test_drawings_of_google_show_the_account_this_set_up_is_for(account: str, shown: str) -> None:
    part = macros("_drawing", doing={"account": account})

    assert shown in words(part.drawing("google-accept-today"))


@pytest.mark.parametrize("origin", ["", "tryout-"])
@pytest.mark.parametrize("shape", ["plain", *(state.name.lower().replace("_", "-") for state in Status)])
def test_every_status_has_an_icon_for_the_tab(origin: str, shape: str) -> None:
    assert (ROOT / "static" / "icons" / f"{origin}{shape}.svg").is_file()


def test_htmx_is_the_file_its_page_vouches_for() -> None:
    vendored = ROOT / "static" / "vendor" / "htmx" / "htmx.min.js"
    digest = base64.b64encode(hashlib.sha384(vendored.read_bytes()).digest()).decode()

    assert f'integrity="sha384-{digest}"' in (ROOT / "templates" / "layout.html").read_text()
