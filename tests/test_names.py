"""Near names: which are meant, and what is told about them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.names import Difference, Segment, difference, is_near

RIGHT = "PIMSY Calendar"
ZERO_WIDTH = "\u200b"
NO_BREAK = "\u00a0"

NEAR = [
    ("Pimsy calendar", "Pimsy calendar", ["imsy", "c"], "capital P-I-M-S-Y and capital C"),
    ("PIMSY calendar", "PIMSY calendar", ["c"], "capital C"),
    ("PIMSY CALENDAR", "PIMSY CALENDAR", ["ALENDAR"], "small a-l-e-n-d-a-r"),
    ("pimsY caLendar", "pimsY caLendar", ["pims", "c", "L"], "capital P-I-M-S-Y and capital C and small l"),
    ("PIMSY Calendar ", "PIMSY Calendar␣", ["␣"], "there is a space too many at the end"),
    ("PIMSY Calendar   ", "PIMSY Calendar␣␣␣", ["␣␣␣"], "there are 3 spaces too many at the end"),
    (" PIMSY Calendar", "␣PIMSY Calendar", ["␣"], "there is a space too many at the beginning"),
    ("PIMSY  Calendar", "PIMSY␣ Calendar", ["␣"], "there is a space too many after PIMSY"),
    ("PIMSY Cal endar", "PIMSY Cal␣endar", ["␣"], "there is a space too many after PIMSY Cal"),
    ("PIMSYCalendar", "PIMSYCalendar", ["C"], "there must be a space between PIMSY and Calendar"),
    ("PIMSY_Calendar", "PIMSY_Calendar", ["_"], "there must be a space between PIMSY and Calendar"),
    (
        f"PIMSY{NO_BREAK}Calendar",
        "PIMSY␣Calendar",
        ["␣"],
        "the space between PIMSY and Calendar is a special one (no-break space): type an ordinary one",
    ),
    (
        "PIMSY\tCalendar",
        "PIMSY␣Calendar",
        ["␣"],
        "the space between PIMSY and Calendar is a special one (a special sign): type an ordinary one",
    ),
    (
        f"PIMSY Calendar{ZERO_WIDTH}",
        "PIMSY Calendar[zero width space]",
        ["[zero width space]"],
        "there is a hidden sign (zero width space) at the end",
    ),
    (
        f"PIMSY {ZERO_WIDTH * 2} Calendar",
        "PIMSY␣[zero width space][zero width space] Calendar",
        ["␣[zero width space][zero width space]"],
        "there is a space too many after PIMSY, and there are 2 hidden signs (zero width space) after PIMSY",
    ),
    ("PIMSY Calender", "PIMSY Calender", ["e"], "the last letters must be -ar"),
    ("PIMSY Calendor", "PIMSY Calendor", ["o"], "the last letters must be -ar"),
    ("PIMSY Calandar", "PIMSY Calandar", ["a"], "Calendar is spelled C-a-l-e-n-d-a-r"),
    ("PIMSY Calndar", "PIMSY Calndar", ["n"], "Calendar is spelled C-a-l-e-n-d-a-r"),
    ("PIMSY Calenda", "PIMSY Calenda", ["a"], "Calendar is spelled C-a-l-e-n-d-a-r"),
    ("PIMSY Callendar", "PIMSY Callendar", ["l"], "Calendar is spelled C-a-l-e-n-d-a-r"),
    ("PYMSI Calendar", "PYMSI Calendar", ["Y", "I"], "PIMSY is spelled P-I-M-S-Y"),
    ("PIMSS Calendar", "PIMSS Calendar", ["S"], "PIMSY is spelled P-I-M-S-Y"),
    ("PIMSY- Calendar", "PIMSY- Calendar", ["-"], "PIMSY is spelled P-I-M-S-Y"),
    ("PIMSY Сalendar", "PIMSY Сalendar", ["С"], "Calendar has to be typed in ordinary letters"),
    ("ＰＩＭＳＹ Calendar", "ＰＩＭＳＹ Calendar", ["ＰＩＭＳＹ"], "PIMSY has to be typed in ordinary letters"),
    ("PIMSY Calendars", "PIMSY Calendars", ["s"], "nothing may stand after Calendar: take away “s”"),
    ("PIMSY Calendar 2", "PIMSY Calendar␣2", ["␣2"], "nothing may stand after Calendar: take away “2”"),
    ("2 PIMSY Calendar", "2␣PIMSY Calendar", ["2␣"], "nothing may stand before PIMSY: take away “2”"),
    (
        "pimsy calender ",
        "pimsy calender␣",
        ["pimsy", "c", "e", "␣"],
        "capital P-I-M-S-Y and capital C, and the last letters must be -ar, and there is a space too many at the end",
    ),
]


@pytest.mark.parametrize(("found", "shown", "marked", "words"), NEAR, ids=range(len(NEAR)))
def test_a_near_name_is_told_in_marks_and_in_words(found: str, shown: str, marked: list[str], words: str) -> None:
    told = difference(found, RIGHT)

    assert is_near(found, RIGHT)
    assert told.shown == shown
    assert [segment.text for segment in told.segments if segment.is_different] == marked
    assert told.words == words


@pytest.mark.parametrize(
    "name",
    [
        RIGHT,
        "",
        " ",
        "Work",
        "PIMSY",
        "Calendar",
        "My PIMSY Calendar",
        "PIMSY Calendar old",
        "PIMZI Calender",
        "PIMSY Calendar" + " " * 100,
        "x" * 10_000,
    ],
)
def test_another_name_is_not_near(name: str) -> None:
    assert not is_near(name, RIGHT)


def test_case_is_known_as_such() -> None:
    assert difference("pimsy Calendar ", RIGHT).is_of_case
    assert not difference("PIMSY Calendar ", RIGHT).is_of_case


def test_the_right_name_has_no_difference() -> None:
    assert difference(RIGHT, RIGHT) == Difference((Segment(RIGHT, False),), "", is_of_case=False)


def test_nothing_at_all_has_nothing_to_mark() -> None:
    told = difference("", RIGHT)

    assert told.segments == ()
    assert told.words.startswith("PIMSY is spelled P-I-M-S-Y")


LETTERS = st.text("PIMSYCalendr pimsyXq-", max_size=20)
ANYTHING = st.text(max_size=30)


@settings(deadline=None)  # how long an example takes says nothing here
@given(ANYTHING | LETTERS)
def test_any_name_can_be_told_about(found: str) -> None:
    told = difference(found, RIGHT)

    assert bool(told.words) is (found != RIGHT)
    assert all(segment.text for segment in told.segments)
    assert any(segment.is_different for segment in told.segments) is (found not in {RIGHT, ""})


@settings(deadline=None)
@given(LETTERS)
def test_what_is_shown_is_what_was_found(found: str) -> None:
    assert difference(found, RIGHT).shown.replace("␣", " ") == found


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=len(RIGHT), max_size=len(RIGHT)))
def test_every_mixture_of_capitals_is_near(flips: list[bool]) -> None:
    found = "".join(
        letter.swapcase() if is_flipped else letter for letter, is_flipped in zip(RIGHT, flips, strict=True)
    )

    told = difference(found, RIGHT)

    assert is_near(found, RIGHT) is (found != RIGHT)
    marked = [segment.text for segment in told.segments if segment.is_different]
    assert "".join(marked) == "".join(a for a, b in zip(found, RIGHT, strict=True) if a != b)


@settings(deadline=None)
@given(st.integers(0, 5), st.integers(0, 5), st.integers(1, 5), st.sampled_from(["", ZERO_WIDTH, NO_BREAK, "\ufeff"]))
def test_spaces_and_hidden_signs_leave_a_name_near(before: int, after: int, between: int, hidden: str) -> None:
    found = " " * before + "PIMSY" + " " * between + hidden + "Calendar" + " " * after

    assert is_near(found, RIGHT) is (found != RIGHT)


@settings(deadline=None)
@given(st.integers(0, len(RIGHT) - 1), st.sampled_from("qxz"), st.integers(0, len(RIGHT) - 1))
def test_two_letters_wrong_are_near_and_three_are_not(first: int, letter: str, second: int) -> None:
    wrong = list(RIGHT)
    wrong[first] = wrong[second] = letter

    assert is_near("".join(wrong), RIGHT)
    assert not is_near("".join(wrong) + "zzz", RIGHT)
