"""Every code has a scenario or stands by name among those whose feature is not built."""

import tomllib
from itertools import pairwise
from types import ModuleType
from typing import Final

from e2e.catalogue.playing import FOLDER, scenarios
from wizard import leaving, roads, stayed
from wizard.cards import CARDS
from wizard.steps import (
    accept,
    create_calendar,
    enable_setting,
    personnel_folder,
    sign_out,
    step,
    test_appointment,
)
from wizard.verdict import Verdict
from wizard.views.tryout_scenarios import SEE

MODULES: Final[tuple[ModuleType, ...]] = (
    stayed,
    step,
    create_calendar,
    sign_out,
    enable_setting,
    personnel_folder,
    test_appointment,
    accept,
    leaving,
    roads,
)
VERDICTS: Final = {value.code for module in MODULES for value in vars(module).values() if isinstance(value, Verdict)}
CODES: Final = VERDICTS | {card.code for card in CARDS}
NOT_BUILT: Final = set(tomllib.loads((FOLDER / "not-built-yet.toml").read_text())["codes"])
WITH_THE_STAND_IN: Final = {
    "SET-ON",
    "SET-OFF",
    "FOLDER-NAMED",
    "FOLDER-EMPTY",
    "FOLDER-OTHER",
    "FOLDER-UNOWNED",
    "USER-SUSPENDED",
    "CLIENT-NONE",
    "APPT-NONE",
    "APPT-EARLY",
    "AUTH-NONE",
    "MOVED-THERE",
    "GONE-THERE",
}
"""What is read of a practice system, and the acceptance that is ours to see there alone."""

WITH_OWN_PIMSY: Final = {
    "SET-PROVED",
    "FOLDER-PROVED",
    "FOLDER-PASSWORD",
    "PAGE-NONE",
    "PAGE-NOT-NEEDED",
    "EVT-ZONE",
    "EVT-WRONGCAL",
    "EVT-OTHERACC",
    "ARRIVED-EARLIER",
}
"""What nobody can read there and is told, or found out at Google; the Stand-in writes where and when it is meant to."""

SHOWN: Final = {sight.code or scenario.code for scenario in scenarios() for sight in scenario.sights.values()}


def test_every_code_has_a_scenario_or_is_not_built_yet() -> None:
    assert sorted(CODES - SHOWN - NOT_BUILT) == []


def test_every_code_is_played_in_each_practice_it_belongs_to() -> None:
    by_hand, builtin = (
        {sight.code or one.code for one in scenarios() if one.practice == practice for sight in one.sights.values()}
        for practice in ("by hand", "builtin")
    )

    assert builtin - by_hand == WITH_THE_STAND_IN
    assert by_hand - builtin == WITH_OWN_PIMSY


def test_nothing_that_has_a_scenario_is_called_not_built() -> None:
    assert sorted(NOT_BUILT & SHOWN) == []


def test_no_scenario_and_no_line_of_the_list_has_an_unknown_code() -> None:
    assert sorted((SHOWN | NOT_BUILT) - CODES) == []


def test_a_file_is_called_like_its_code_and_its_variants_differ() -> None:
    names = {path.stem for path in FOLDER.glob("*.toml")} - {"world", "not-built-yet"}

    assert names == {scenario.code for scenario in scenarios()}
    assert len({scenario.id for scenario in scenarios()}) == len(scenarios())


def test_every_scenario_shows_first_what_it_is_called_after() -> None:
    assert [one.id for one in scenarios() if "before" not in one.sights] == []
    assert [one.id for one in scenarios() if (one.sights["before"].code or one.code) != one.code] == []


def test_what_needs_attention_is_followed_to_its_cure() -> None:
    uncured = [
        one.id
        for one in scenarios()
        if one.sights["before"].status == "Needs attention"
        and not any(sight.status == "Verified" for sight in one.sights.values())
    ]

    assert uncured == ["SIGN-STILL[third-time]", "SIGN-STILL[third-time-by-hand]"], (
        "the third time one goes on without this check"
    )


def test_a_panel_is_looked_at_whole_and_so_is_what_stands_around_it() -> None:
    asked = ("code", "status", "title", "rail", "overview", "card", "goes_on")
    lacking = [
        (one.id, name)
        for one in scenarios()
        for name in asked
        if one.sights["before"].status and getattr(one.sights["before"], name) in {"", None}
    ]
    wordless = [
        one.id
        for one in scenarios()
        for sight in one.sights.values()
        if not (sight.headline or sight.says or sight.code or sight.heading or sight.trouble)
    ]

    assert (lacking, wordless) == ([], [])


def test_what_a_look_brought_was_announced() -> None:
    silent = [
        (one.id, act)
        for one in scenarios()
        for before, act in pairwise(one.acts)
        if before in {"check now", "come back to the wizard"} and act.startswith(SEE)
        if not one.sights[act.removeprefix(SEE)].announced
    ]

    assert silent == []
