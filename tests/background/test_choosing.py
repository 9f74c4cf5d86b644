"""What was changed in Google ends as somebody chose, and only as it stood when she chose."""

from datetime import datetime, timedelta

import pytest

from tests.background.office import NINE, TEN, Office
from tests.background.somebody import ELEVEN, chooses, deletes_there, looks, moves_there, seen, sent, told
from wizard.onboarding.looking import Looked
from wizard.practice.builtin import choosing
from wizard.practice.builtin.calendar import Refused
from wizard.practice.builtin.choosing import MovedOn
from wizard.practice.builtin.on_google import Act
from wizard.store import log


@pytest.mark.parametrize(
    ("act", "starts_at", "there"),
    [(Act.PUT_BACK, NINE, [NINE]), (Act.TAKE_OVER, TEN, [TEN])],
    ids=["put back", "take over"],
)
def test_a_moved_event_goes_where_somebody_chose(
    office: Office, act: Act, starts_at: datetime, there: list[datetime]
) -> None:
    booked = sent(office)
    moves_there(office, booked)
    looks(office)

    first, second = chooses(office, booked, act), chooses(office, booked, act)
    office.delivers()
    third = chooses(office, booked, act)
    looks(office)

    assert (first, second, third) == (True, False, False)
    assert (office.reads(booked).starts_at, office.on_google(), told(office)) == (starts_at, there, [])
    assert office.owes(booked) is None
    with office.inside():
        assert len(log.of(f"appointment {choosing.NOTED[act]}", office.now - timedelta(hours=1))) == 1
    office.moves(booked, ELEVEN)
    office.delivers()
    assert office.on_google() == [ELEVEN]


@pytest.mark.parametrize(
    ("act", "there"), [(Act.PUT_AGAIN, [NINE]), (Act.CANCEL, [])], ids=["put again", "cancel here too"]
)
def test_a_deleted_event_ends_as_somebody_chose(office: Office, act: Act, there: list[datetime]) -> None:
    booked = sent(office)
    deletes_there(office, booked)
    looks(office)

    first, second = chooses(office, booked, act), chooses(office, booked, act)
    office.delivers()
    looks(office)

    assert (first, second) == (True, False)
    assert (office.on_google(), told(office), office.owes(booked)) == (there, [], None)
    assert (office.reads(booked).cancelled_at is None) is bool(there)


@pytest.mark.parametrize(
    ("act", "there"), [(Act.TAKE_AWAY, []), (Act.LEAVE, [TEN])], ids=["take it out", "leave it there"]
)
def test_cancelled_here_and_moved_there_ends_as_somebody_chose(office: Office, act: Act, there: list[datetime]) -> None:
    booked = sent(office)
    moves_there(office, booked)
    office.cancels(booked)
    office.delivers()

    first, second = chooses(office, booked, act), chooses(office, booked, act)
    office.delivers(after=1)
    looks(office)

    assert (first, second) == (True, False)
    assert (office.on_google(), told(office), office.owes(booked)) == (there, [], None)


def test_a_choice_about_what_has_moved_on_is_refused(office: Office) -> None:
    booked = sent(office)
    moves_there(office, booked)
    looks(office)
    shown = seen(office, booked)
    assert shown is not None
    about = shown.etag
    moves_there(office, booked, ELEVEN)
    looks(office)

    with pytest.raises(MovedOn):
        chooses(office, booked, Act.PUT_BACK, about)
    with pytest.raises(MovedOn):
        chooses(office, booked, Act.PUT_AGAIN)

    assert office.on_google() == [ELEVEN]


@pytest.mark.parametrize("then", ["moved", "deleted"])
def test_changed_there_between_the_choice_and_its_sending_asks_again(office: Office, then: str) -> None:
    booked = sent(office)
    moves_there(office, booked)
    looks(office)
    chooses(office, booked, Act.PUT_BACK)
    if then == "moved":
        moves_there(office, booked, ELEVEN)
    else:
        deletes_there(office, booked)

    office.delivers()

    assert office.owes_surely(booked).reason == {"moved": "MOVED-THERE", "deleted": "GONE-THERE"}[then]
    assert office.on_google() == ([ELEVEN] if then == "moved" else [])
    assert chooses(office, booked, Act.PUT_BACK if then == "moved" else Act.PUT_AGAIN)
    office.delivers()
    assert office.on_google() == [NINE]


def test_what_this_calendar_cannot_hold_is_not_taken_over(office: Office) -> None:
    booked = sent(office)
    office.books(TEN)
    office.delivers()
    moves_there(office, booked, TEN - timedelta(minutes=5))
    looks(office)
    with pytest.raises(Refused):
        chooses(office, booked, Act.TAKE_OVER)
    moves_there(office, booked, ELEVEN, minutes=24 * 60)
    looks(office)
    with pytest.raises(Refused):
        chooses(office, booked, Act.TAKE_OVER)
    for years in (-6, 173):  # beyond what this calendar shows: nobody could find it again
        moves_there(office, booked, ELEVEN.replace(year=ELEVEN.year + years))
        looks(office)
        with pytest.raises(Refused):
            chooses(office, booked, Act.TAKE_OVER)
    moves_there(office, booked, ELEVEN, minutes=45)
    looks(office)

    assert chooses(office, booked, Act.TAKE_OVER)
    office.delivers()

    assert (office.reads(booked).starts_at, office.reads(booked).minutes) == (ELEVEN, 45)
    assert told(office) == []


def test_a_choice_is_carried_out_once_google_answers_again(office: Office) -> None:
    booked = sent(office)
    deletes_there(office, booked)
    looks(office)
    chooses(office, booked, Act.PUT_AGAIN)
    office.google.goes_silent()
    office.delivers()
    office.google.answers_again()

    office.delivers(after=2)

    assert (office.on_google(), office.owes(booked)) == ([NINE], None)


@pytest.mark.parametrize(
    "fault", ["accessNotConfigured", "quotaExceeded", "html", "notFound", "insufficientPermissions", "truncate"]
)
def test_a_look_raises_nothing_and_puts_nothing_off(office: Office, fault: str) -> None:
    booked = sent(office)
    office.google.breaks(fault, "events.list", times=None)

    assert looks(office) is Looked.NOT_SEEN
    office.moves(booked, TEN)
    office.delivers()

    assert (told(office), office.on_google()) == ([], [TEN])


def test_what_was_taken_over_may_be_changed_here_before_google_has_heard_of_it(office: Office) -> None:
    booked = sent(office)
    moves_there(office, booked)
    looks(office)
    chooses(office, booked, Act.TAKE_OVER)
    office.cancels(booked)

    office.delivers()

    assert (office.on_google(), office.owes(booked)) == ([], None)
