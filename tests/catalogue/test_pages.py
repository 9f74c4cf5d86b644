"""The pages of a run: what did not go well stands on top, with the command that repeats it, and nothing is loaded from elsewhere."""

import re

import pytest

from e2e.catalogue.options import states_of
from e2e.catalogue.playing import scenarios
from e2e.catalogue.sheets import PAGES, SLOW_S
from e2e.catalogue.telling import Step
from e2e.catalogue.told import Told
from wizard.views.tryout_scenarios import SEE

PICTURE = "data:image/jpeg;base64,AAAA"
SCENARIO = Told(
    "e2e/test_catalogue.py::test_catalogue[chromium-CAL-NEAR[case]]",
    3.0,
    steps=[Step("open step 1", "Step 1"), Step("see: before", "Step 1", {"light": PICTURE, "dark": PICTURE})],
)
STORY = Told("e2e/test_first_desk.py::test_maria_is_set_up[chromium]", SLOW_S + 1)
WRONG = Told("e2e/test_trips.py::test_a_forged_answer[chromium-?state=a<b>]", 1.0, "AssertionError: <b>")


@pytest.mark.parametrize(
    ("told", "name", "word"),
    [
        (SCENARIO, "CAL-NEAR[case]", "CAL-NEAR[case]"),
        (STORY, "maria is set up", "test_maria_is_set_up"),
        (WRONG, "a forged answer (?state=a<b>)", "test_a_forged_answer"),
    ],
)
def test_a_test_is_called_by_its_words_and_repeated_by_its_name(told: Told, name: str, word: str) -> None:
    assert (told.name, told.word) == (name, word)


def test_what_is_wrong_comes_first_then_what_is_slow() -> None:
    page = PAGES["report"]([SCENARIO, STORY, WRONG])

    assert re.findall(r"make e2e S=&#39;(.+?)&#39;|make e2e S='(.+?)'", page) == [
        ("", "test_a_forged_answer"),
        ("", "test_maria_is_set_up"),
        ("", "CAL-NEAR[case]"),
    ]
    assert "1 of 3 not as they should be" in page
    assert "AssertionError: &lt;b&gt;" in page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nothing_beside_itself(name: str) -> None:
    page = PAGES[name]([SCENARIO, STORY])

    assert PICTURE in page
    assert set(re.findall(r"\b(?:src|href)=\"([^\"]*)\"", page)) == {PICTURE}
    assert "<script" not in page


def test_the_contact_sheet_pictures_every_state() -> None:
    pictured = {
        scenario.sights[sentence.removeprefix(SEE)].code or scenario.code
        for scenario in scenarios()
        for sentence in states_of(scenario)
    }

    assert pictured == {sight.code or one.code for one in scenarios() for sight in one.sights.values()}
    assert {"SIGNED-OUT", "SET-ON", "FOLDER-NAMED"} <= pictured


def test_the_catalogue_shows_every_code_with_its_cure() -> None:
    page = PAGES["catalogue"]([SCENARIO])

    assert "CAL-NEAR · card 02" in page
    assert "When the calendar&#39;s capital letters are not right" in page
    assert "Open your calendars (opens in new tab)" in page
    for section in page.split("<section ")[1:]:
        headings = re.findall("<h3>(.*?)</h3>", section)
        assert len(headings) == len(set(headings))


def test_a_result_for_programs_has_no_pictures() -> None:
    assert SCENARIO.result() == {
        "id": SCENARIO.id, "name": "CAL-NEAR[case]", "repeat": "make e2e S='CAL-NEAR[case]'", "passed": True,
        "seconds": 3.0, "failure": "", "steps": ["open step 1", "see: before"],
    }  # fmt: skip
