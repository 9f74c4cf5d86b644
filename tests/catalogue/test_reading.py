"""A scenario's file is read strictly: what nobody would look at is refused, with the name of the file."""

import re
from pathlib import Path

import pytest

from e2e.catalogue.acts import UnknownAct, act_of, acts_of
from e2e.catalogue.comparing import to_the_letter
from e2e.catalogue.playing import scenarios, world_acts
from wizard.views.tryout_scenarios import Scenario, ScenarioWrong, Sight, read
from wizard.views.tryout_sentences import Ask, Sentence, asks_of

WRITTEN = """
code = "CAL-DUP"
[[scenario]]
variant = "two"
when = "there are two"
acts = ["open step 1", "see: before"]
[scenario.before]
status = "Waiting"
cure = "Yes"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "CAL-DUP.toml"
    path.write_text(text)
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    assert read(written(tmp_path, WRITTEN)) == (
        Scenario(
            code="CAL-DUP",
            variant="two",
            when="there are two",
            acts=("open step 1", "see: before"),
            sights={"before": Sight("before", status="Waiting", cure=("Yes",))},
        ),
    )


@pytest.mark.parametrize(
    ("spoilt", "by", "told"),
    [
        ('status = "Waiting"', 'state = "Waiting"', "what is to be seen at before has no state"),
        ('when = "', 'wenn = "', "nothing is called wenn"),
        ("[scenario.before]", "[scenario.after]", "nothing is called after"),
        ('"see: before"', '"see: after", "see: before"', "what is to be seen at after is not written down"),
        ('code = "CAL-DUP"', "", "'code'"),
        ('when = "there are two"', "", "'when'"),
        ("acts = [", "acts = ", "CAL-DUP.toml"),
    ],
)
def test_a_slip_is_named_with_its_file(tmp_path: Path, spoilt: str, by: str, told: str) -> None:
    with pytest.raises(ScenarioWrong, match=r"^CAL-DUP\.toml: ") as error:
        read(written(tmp_path, WRITTEN.replace(spoilt, by)))

    assert told in str(error.value)


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: str(scenario.id))
def test_every_sentence_of_the_catalogue_is_understood(scenario: Scenario) -> None:
    assert acts_of(scenario.acts, world_acts())
    assert all(asks_of(sentence, world_acts()) for sentence in scenario.given)


def test_an_unknown_sentence_names_the_nearest_ones() -> None:
    with pytest.raises(UnknownAct, match=re.escape("connect the checker as {account}")):
        act_of("conect the checker as maria@clinic.example", world_acts())


def test_of_two_sentences_that_fit_the_fuller_one_is_meant() -> None:
    act = act_of("connect the checker as maria@clinic.example and press Cancel", world_acts())

    assert (act.does.__name__, act.words) == ("connect_and_cancel", {"account": "maria@clinic.example"})


def test_what_stands_in_a_gap_is_asked_for() -> None:
    asks = asks_of("maria@clinic.example has a calendar named 'PIMSY  {x}'", world_acts())

    assert asks == (Ask("POST", "calendars", {"account": "maria@clinic.example", "summary": "PIMSY  {x}"}),)


def test_a_sentence_reads_nothing_of_another() -> None:
    assert Sentence("open step {number}").read("open step") is None
    assert Sentence("a. {b}").read("ab c") is None


@pytest.mark.parametrize(
    ("seen", "fits"),
    [
        ("Verified. It arrived at 10:01 AM (in a calendar).", True),
        ("Verified. It arrived at (in a calendar).", False),
        ("Verified. It arrived at 10:01 AM (in a calendar). And more.", False),
        ("Verified. It arrived at 10:01 AM in a calendar.", False),
    ],
)
def test_an_announcement_is_to_the_letter_but_for_what_differs(seen: str, fits: bool) -> None:
    pattern = to_the_letter("Verified. It arrived at … (in a calendar).")

    assert bool(pattern.search(seen)) is fits
