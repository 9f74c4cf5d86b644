"""Step 1: every verdict on the connection and on the calendar list."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    FRONTDESK,
    JOE,
    MAIN,
    MARIA,
    NOW,
    PIMSY,
    at,
    connected,
    dead,
    evidence,
    grant,
    pin,
    saw,
    saw_pinned,
    trip,
)
from wizard.evidence import NAME, Account, Calendar, Outcome, Purpose, Sighting, Trip
from wizard.steps import create_calendar as step
from wizard.steps.step import (
    ACC_TAKEN,
    ACC_WRONG,
    ASK_LATER,
    CAL_GONE,
    CLOCK,
    CLOCK_OFF,
    GOOGLE_BUSY,
    GOOGLE_NOCAL,
    GOOGLE_PAGE_STAYED,
    GRANT_CANCEL,
    GRANT_NOREFRESH,
    GRANT_PART,
    GRANT_PART_LATE,
    GRANT_PART_MORE,
    GRANT_PART_UNNAMED,
    NOT_BEGUN,
    OUR_FAULT,
    QUOTA,
    REVOKED_CHK,
    REVOKED_CHK_BOTH,
    REVOKED_CHK_RAPT,
    REVOKED_CHK_TESTING,
)
from wizard.verdict import Status, Verdict

LIST = "See the list of Google calendars"
EVENTS = "See the events on Google calendars"
WORK = Calendar("id-work", "Work")
FAMILY = Calendar("id-family", "Family")


def going(outcome: Outcome, ended: float = -5, **more: Any) -> Trip:
    return trip(Purpose.CHECKER, outcome, ended, **more)


# ── before the first permission ──────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_begun() -> None:
    assert step.check(evidence()) == NOT_BEGUN


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (going(Outcome.OPEN, -0.5), NOT_BEGUN),
        (going(Outcome.OPEN, -1), NOT_BEGUN),
        (going(Outcome.OPEN, -2), GOOGLE_PAGE_STAYED.fill(left="9:58")),
        (going(Outcome.OPEN, -10), NOT_BEGUN),
        (going(Outcome.GRANTED), NOT_BEGUN),  # and removed since
        (going(Outcome.DECLINED, account=FRONTDESK), NOT_BEGUN),
        (going(Outcome.CANCELLED), GRANT_CANCEL.fill(cannot="we cannot look")),
        (going(Outcome.BOX_EMPTY), GRANT_PART_UNNAMED.fill(cannot="we cannot look")),
        (going(Outcome.BOX_EMPTY, missing=(LIST,)), GRANT_PART.fill(missing=LIST, cannot="we cannot look")),
        (
            going(Outcome.BOX_EMPTY, missing=(LIST, EVENTS)),
            GRANT_PART_MORE.fill(count="2", missing=f"{LIST} · {EVENTS}", cannot="we cannot look"),
        ),
        (going(Outcome.NO_REFRESH), GRANT_NOREFRESH.fill(whom="us look", permission="the checker")),
        (going(Outcome.UNSEEN, failure="GOOGLE-BUSY"), replace(GOOGLE_BUSY, remedy=ASK_LATER)),
        (going(Outcome.UNSEEN, failure="CLOCK"), CLOCK),
        (going(Outcome.UNSEEN, failure="something new"), OUR_FAULT),
        (
            going(Outcome.UNSEEN, failure="GRANT-PART"),
            GRANT_PART_LATE.fill(checker="the checker", account=MARIA.email),
        ),
        (going(Outcome.WRONG_ACCOUNT, account=FRONTDESK), ACC_WRONG.fill(account=FRONTDESK.email, meant=MARIA.email)),
        (going(Outcome.WRONG_ACCOUNT), ACC_WRONG.fill(account="another account", meant=MARIA.email)),
        (
            going(Outcome.TAKEN_ACCOUNT, account=JOE, taken_by="Joe Hale"),
            ACC_TAKEN.fill(account=JOE.email, owner="Joe Hale's", meant=MARIA.email),
        ),
        (
            going(Outcome.TAKEN_ACCOUNT, account=JOE),
            ACC_TAKEN.fill(account=JOE.email, owner="another person's", meant=MARIA.email),
        ),
        (going(Outcome.TO_CONFIRM, account=MARIA), step.ACC_CONFIRM.fill(account=MARIA.email)),
        (going(Outcome.TO_CONFIRM), NOT_BEGUN),
    ],
)
def test_the_newest_trip_decides(last: Trip, expected: Verdict) -> None:
    earlier = going(Outcome.CANCELLED, -30)

    assert step.check(evidence(trips=(earlier, last), account_meant=MARIA.email)) == expected


def test_how_wrong_the_clock_is_stands_where_google_told_it() -> None:
    last = going(Outcome.UNSEEN, failure="CLOCK")

    verdict = step.check(evidence(trips=(last,), failure_notes={"CLOCK": " 7 minutes"}))

    assert verdict == CLOCK_OFF.fill(off="7 minutes")


def test_other_peoples_trips_and_trips_for_something_else_say_nothing() -> None:
    others = going(Outcome.CANCELLED, is_own=False)
    writing = trip(Purpose.INTEGRATION, Outcome.CANCELLED)

    assert step.check(evidence(trips=(others, writing))) == NOT_BEGUN


def test_a_wrong_account_names_both() -> None:
    wrong = going(Outcome.WRONG_ACCOUNT, account=FRONTDESK)

    verdict = step.check(evidence(trips=(wrong,), account_meant=MARIA.email))

    assert verdict.because == (
        "You signed in as frontdesk@gmail.example. This set-up is for maria@clinic.example. Nothing was stored."
    )


def test_a_wrong_account_that_an_administrator_made_the_right_one_is_wrong_no_more() -> None:
    wrong = going(Outcome.WRONG_ACCOUNT, account=FRONTDESK)

    assert step.check(evidence(trips=(wrong,), account_meant="FrontDesk@gmail.example")) == NOT_BEGUN


def test_a_wrong_account_is_told_even_when_nobody_is_named_any_more() -> None:
    wrong = going(Outcome.WRONG_ACCOUNT, account=FRONTDESK)

    verdict = step.check(evidence(trips=(wrong,)))

    assert verdict == ACC_WRONG.fill(account=FRONTDESK.email, meant="another account")


# ── a permission that ended ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, REVOKED_CHK),
        ({"is_testing": True}, REVOKED_CHK_TESTING),
        ({"one_project": True, "is_testing": True}, REVOKED_CHK_BOTH),
        ({"checker": dead(), "one_project": True}, REVOKED_CHK_BOTH),
        ({"checker": replace(dead(), death="invalid_rapt"), "one_project": True}, REVOKED_CHK_RAPT),
        ({"trips": (trip(Purpose.CHECKER, Outcome.CANCELLED, -30),)}, REVOKED_CHK),
    ],
)
def test_a_dead_permission_says_why(facts: dict[str, Any], expected: Verdict) -> None:
    verdict = step.check(connected(**{"checker": dead(), **facts}))

    assert verdict == expected.fill(
        Checker="The checker", checker="the checker", integration="PIMSY Calendar Integration"
    )


def test_a_trip_that_went_wrong_since_the_permission_ended_shows_its_own_card() -> None:
    wrong = going(Outcome.WRONG_ACCOUNT, -5, account=Account("new", MARIA.email), sub=MARIA.sub)

    verdict = step.check(connected(checker=dead(), trips=(wrong,)))

    assert verdict == ACC_WRONG.fill(account=MARIA.email, meant=MARIA.email)


# ── the calendar list ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_calendar_is_found_in_a_workspace_account() -> None:
    verdict = step.check(connected())

    assert verdict == replace(step.FOUND.fill(account=MARIA.email, domain="clinic.example"), seen=at(-1))
    assert verdict.because == "Found PIMSY Calendar in maria@clinic.example."
    assert verdict.note == "A Workspace account of clinic.example."


def test_the_calendar_is_found_in_a_free_account() -> None:
    verdict = step.check(connected(checker=grant(FRONTDESK)))

    assert verdict == replace(step.FOUND_IN_FREE.fill(account=FRONTDESK.email), seen=at(-1))


@pytest.mark.parametrize(
    ("looked", "expected"),
    [
        (Sighting(), step.LOOKING.fill(account=MARIA.email)),
        (Sighting(failure="GOOGLE-BUSY"), GOOGLE_BUSY),
        (Sighting(failure="QUOTA"), QUOTA),
        (Sighting(failure="GOOGLE-NOCAL"), GOOGLE_NOCAL.fill(account=MARIA.email)),
        (Sighting(failure="GRANT-PART"), GRANT_PART_LATE.fill(checker="the checker")),
        (saw(PIMSY, failure="GOOGLE-NOCAL"), GOOGLE_NOCAL.fill(account=MARIA.email)),
    ],
)
def test_without_a_list_google_s_silence_or_answer_is_told(looked: Sighting[Any], expected: Verdict) -> None:
    assert step.check(connected(calendars=looked)) == expected


@pytest.mark.parametrize(
    ("facts", "told_aside"),
    [
        ({"calendars": saw(PIMSY, failure="GOOGLE-BUSY")}, "GOOGLE-BUSY"),
        ({"trips": (trip(Purpose.CHECKER, Outcome.CANCELLED, -5),)}, "GRANT-CANCEL"),
        ({"trips": (trip(Purpose.CHECKER, Outcome.CANCELLED, -90),)}, ""),
        ({"trips": (trip(Purpose.CHECKER, Outcome.GRANTED, -5),)}, ""),
    ],
)
def test_what_went_wrong_since_stands_beside_and_changes_nothing(facts: dict[str, Any], told_aside: str) -> None:
    found = step.check(connected())

    assert step.check(connected(**facts)) == replace(found, aside=told_aside)


def test_an_empty_list_waits_for_two_minutes_and_then_needs_attention() -> None:
    words = {"account": MARIA.email, "others": "", "count": ""}

    waiting = step.check(connected(pin=None, calendars=saw(MAIN, first=-2)))
    missing = step.check(connected(pin=None, calendars=saw(MAIN, first=-2.1)))
    just_connected = step.check(connected(pin=None, checker=grant(given=-1), calendars=saw(MAIN, first=-50)))

    assert waiting == replace(step.NONE.fill(**words), seen=at(-1))
    assert missing == replace(step.NONE_FOR_LONG.fill(**words), seen=at(-1))
    assert just_connected == replace(step.NONE.fill(**words), seen=at(-1))


@pytest.mark.parametrize(
    ("calendars", "because", "discreet"),
    [
        ((), "", ""),
        ((WORK,), " We see: Work.", " We see 1 other calendar."),
        ((WORK, FAMILY), " We see: Work, Family.", " We see 2 other calendars."),
        ((replace(WORK, summary="{0}" * 20),), f" We see: {'{0}' * 13}{{….", " We see 1 other calendar."),
        (
            tuple(replace(WORK, summary=f"Team {number}") for number in range(6)),
            " We see: Team 0, Team 1, Team 2, Team 3, Team 4, ….",
            " We see 6 other calendars.",
        ),
    ],
)
def test_other_calendars_are_named_to_the_person_and_counted_for_others(
    calendars: tuple[Calendar, ...], because: str, discreet: str
) -> None:
    verdict = step.check(connected(pin=None, calendars=saw(MAIN, *calendars)))

    assert verdict.because == f"We do not see PIMSY Calendar in maria@clinic.example yet.{because}"
    assert verdict.for_others == f"We do not see PIMSY Calendar in maria@clinic.example yet.{discreet}"


def test_what_everybody_may_read_is_the_same_for_all_where_nothing_private_is_named() -> None:
    verdict = step.check(connected())

    assert verdict.for_others == verdict.because


PRIMARY = replace(MAIN, summary=NAME)
SHARED = Calendar("id-shared", NAME, access_role="reader", data_owner=JOE.email)
CO_OWNED = Calendar("id-co-owned", NAME, data_owner=JOE.email)
SECOND = replace(PIMSY, id="id-second")
NEAR = Calendar("id-near", "Pimsy calendar")


@pytest.mark.parametrize(
    ("calendars", "expected"),
    [
        ((), None),
        ((WORK,), None),
        ((PIMSY,), step.FOUND.fill(account=MARIA.email, domain=MARIA.hd)),
        ((PIMSY, NEAR, WORK), step.FOUND.fill(account=MARIA.email, domain=MARIA.hd)),
        ((PIMSY, SHARED), step.FOUND.fill(account=MARIA.email, domain=MARIA.hd)),
        ((PIMSY, PRIMARY), step.FOUND.fill(account=MARIA.email, domain=MARIA.hd)),
        (
            (replace(PIMSY, data_owner="Maria@Clinic.example"),),
            step.FOUND.fill(account=MARIA.email, domain=MARIA.hd),
        ),
        ((PIMSY, SECOND), step.DUP.fill(count="2")),
        ((PIMSY, SECOND, SHARED), step.DUP.fill(count="2")),
        ((PRIMARY,), step.PRIMARY),
        ((PRIMARY, SHARED), step.PRIMARY),
        ((SHARED, NEAR), step.OTHERS.fill(owner=JOE.email, account=MARIA.email)),
        ((CO_OWNED,), step.OTHERS.fill(owner=JOE.email, account=MARIA.email)),
        ((replace(SHARED, data_owner=""),), step.OTHERS.fill(owner="another account", account=MARIA.email)),
        # Neither can be renamed into what is wanted: one is somebody else's, one is the main calendar.
        ((replace(NEAR, access_role="writer"), replace(NEAR, is_primary=True)), None),
    ],
)
def test_a_list_is_judged(calendars: tuple[Calendar, ...], expected: Verdict | None) -> None:
    assert step.judge(calendars, MARIA) == expected


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("Pimsy calendar", "Found Pimsy calendar. It has to be PIMSY Calendar: capital P-I-M-S-Y and capital C."),
        ("PIMSY Calendar ", "Found PIMSY Calendar␣: there is a space too many at the end."),
        ("PIMSY Calender", "Found PIMSY Calender: the last letters must be -ar."),
    ],
)
def test_a_name_almost_right_is_told_to_the_letter(name: str, because: str) -> None:
    verdict = step.judge((WORK, replace(NEAR, summary=name)), MARIA)

    assert verdict is not None
    assert (verdict.code, verdict.status, verdict.found) == ("CAL-NEAR", Status.NEEDS_ATTENTION, name)
    assert verdict.because == because


# ── the pinned calendar ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pinned_calendar_of_another_name_is_renamed() -> None:
    verdict = step.check(connected(calendars=saw(MAIN, NEAR, replace(PIMSY, summary="Clinic"))))

    assert verdict == replace(step.RENAMED.fill(found="Clinic"), found="Clinic", seen=at(-1))


def test_a_renamed_calendar_does_not_matter_when_another_one_qualifies() -> None:
    verdict = step.check(connected(calendars=saw(SECOND, replace(PIMSY, summary="Old PIMSY"))))

    assert verdict.is_verified


def test_a_pinned_calendar_that_is_not_listed_is_gone() -> None:
    verdict = step.check(connected(calendars=saw(MAIN, WORK)))

    assert verdict == replace(CAL_GONE.fill(seen="9:10"), seen=at(-1))


def test_a_gone_calendar_says_when_it_was_there_last() -> None:
    verdict = step.check(connected(calendars=saw(MAIN), pin=replace(pin(), seen_at=at(-3))))

    assert verdict.because == "It was there at 9:57 and is not now. Appointments have nowhere to go."


def test_a_calendar_made_anew_under_a_name_almost_right_is_told_rather_than_the_lost_one() -> None:
    verdict = step.check(connected(calendars=saw(MAIN, NEAR)))

    assert verdict.code == "CAL-NEAR"


def test_the_pin_of_another_account_says_nothing_about_this_one() -> None:
    verdict = step.check(connected(calendars=saw(MAIN), pin=pin(account=JOE)))

    assert verdict.code == "CAL-NONE"


@pytest.mark.parametrize(
    ("later", "code", "seen"),
    [
        (saw_pinned(), "FOUND", at(-0.5)),
        (saw_pinned(summary=""), "FOUND", at(-0.5)),
        (saw_pinned("Clinic"), "CAL-RENAMED", at(-0.5)),
        (saw_pinned(access_role="reader"), "CAL-OTHERS", at(-0.5)),
        (saw_pinned("", is_gone=True), "CAL-GONE", at(-0.5)),
        (saw_pinned("Clinic", last=-1), "FOUND", at(-1)),  # not later than the list
        (saw_pinned("Clinic", last=-2), "FOUND", at(-1)),
    ],
)
def test_a_later_answer_about_the_pinned_calendar_overrides_its_entry(later: Any, code: str, seen: object) -> None:
    verdict = step.check(connected(calendars=saw(MAIN, PIMSY, WORK), pinned_now=later))

    assert (verdict.code, verdict.seen) == (code, seen)


# ── what may be pinned ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("calendars", "expected"),
    [
        ((), None),
        ((MAIN, PIMSY, SHARED, NEAR), PIMSY),
        ((PIMSY, SECOND), None),
        ((PRIMARY,), None),
        ((SHARED, CO_OWNED), None),
        ((NEAR,), None),
    ],
)
def test_only_a_single_owned_calendar_of_the_exact_name_may_be_pinned(
    calendars: tuple[Calendar, ...], expected: Calendar | None
) -> None:
    assert step.qualifying(calendars, MARIA) == expected


def test_the_present_is_an_argument() -> None:
    later = replace(connected(pin=None, calendars=saw(MAIN, first=-1)), now=NOW + (NOW - at(-2)))

    assert step.check(later).status is Status.NEEDS_ATTENTION
