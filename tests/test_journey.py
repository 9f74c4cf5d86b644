"""Journeys: the six stops of one person at one computer, and the gate they make."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    MARIA,
    accepted,
    arrival,
    at,
    booked,
    by_hand,
    connected,
    dead,
    evidence,
    proven,
    ready,
    refused,
    repaired,
    said,
    signed_in,
    slot,
    told,
    trip,
)
from wizard.evidence import Evidence, FolderFact, Outcome, Purpose, SettingFact
from wizard.journey import Journey, Stop, travel, worst
from wizard.steps import STEPS
from wizard.steps.step import Once
from wizard.verdict import Status

SLUGS = [step.slug for step in STEPS]
ADMINISTRATIVE = {"enable-setting", "personnel-folder"}


def slugs(stops: tuple[Stop, ...]) -> list[str]:
    return [stop.step.slug for stop in stops]


def reachable(journey: Journey) -> set[str]:
    return {stop.step.slug for stop in journey if stop.is_reachable}


def current(known: Evidence) -> str:
    stop = travel(known).current
    return stop.step.slug if stop else ""


def test_at_first_only_step_1_and_the_administrator_s_steps_are_reached() -> None:
    journey = travel(evidence())

    assert slugs(journey.stops) == SLUGS
    assert reachable(journey) == {"create-calendar"} | ADMINISTRATIVE
    assert (journey.verified, journey.is_proven) == (0, False)
    assert slugs(journey.left) == SLUGS


@pytest.mark.parametrize(
    ("known", "slug"),
    [
        (evidence(), "create-calendar"),
        (connected(), "sign-out"),
        (ready(setting=SettingFact(False)), "enable-setting"),
        (ready(folder=FolderFact("")), "personnel-folder"),
        (ready(appointment=None), "test-appointment"),
        (ready(), "accept"),
        (proven(), ""),
    ],
)
def test_the_current_stop_is_the_first_that_lets_nobody_on(known: Evidence, slug: str) -> None:
    assert current(known) == slug


def test_what_was_seen_in_every_step_is_proven() -> None:
    journey = travel(proven())

    assert journey.is_proven
    assert journey.verified == 6
    assert journey.left == ()
    assert reachable(journey) == set(SLUGS)


def test_an_order_is_kept_even_where_later_steps_are_done() -> None:
    journey = travel(ready(trips=()))

    assert current(ready(trips=())) == "sign-out"
    assert reachable(journey) == {"create-calendar", "sign-out"} | ADMINISTRATIVE


def test_a_step_passed_by_lets_the_person_on_and_proves_nothing() -> None:
    passed = said("sign-out", kind="passed by")

    journey = travel(proven(trips=(signed_in(),), answers=(passed,)))

    stop = journey.stop("sign-out")
    assert (stop.verdict.code, stop.passed_by, stop.lets_pass) == ("SIGN-STILL", passed, True)
    assert journey.current is None
    assert journey.left == ()
    assert not journey.is_proven


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (ready(), {"sign-out"}),
        (told(), {"sign-out", "enable-setting", "personnel-folder", "test-appointment"}),
    ],
)
def test_what_may_be_passed_depends_on_what_can_be_seen(known: Evidence, expected: set[str]) -> None:
    answers = tuple(said(slug, kind="passed by") for slug in SLUGS)

    journey = travel(replace(known, answers=answers))

    assert {stop.step.slug for stop in journey if stop.may_be_passed} == expected
    assert {stop.step.slug for stop in journey if stop.passed_by} == expected


def test_by_hand_a_word_lets_the_person_on_and_the_arrival_proves_all() -> None:
    said_so, arrived = travel(told()), travel(told(arrivals=(arrival(generation=0),)))

    assert [stop.verdict.code for stop in said_so] == ["FOUND", "SIGNED-OUT", "SAID", "SAID", "SAID", "EVT-NONE"]
    assert not said_so.is_proven
    assert arrived.is_proven


def test_the_second_desk_of_a_person_asks_for_2_5_and_6() -> None:
    """What is known of the person comes along; what belongs to the first desk does not."""
    elsewhere = {
        "create-calendar": "Front desk 1",
        "enable-setting": "Front desk 1",
        "personnel-folder": "Front desk 1",
    }

    journey = travel(
        replace(
            accepted(done_at=elsewhere, slot=slot(2), appointment=None, trips=(), authorization=None),
            workstation="Front desk 2",
        )
    )

    assert slugs(journey.left) == ["sign-out", "test-appointment", "accept"]
    assert [stop.elsewhere for stop in journey] == ["Front desk 1", "", "Front desk 1", "Front desk 1", "", ""]


def test_what_was_done_elsewhere_is_only_said_while_it_stands() -> None:
    journey = travel(evidence(done_at={"create-calendar": "Front desk 1"}))

    assert journey.stop("create-calendar").elsewhere == ""


def test_the_second_desk_is_not_proven_by_the_first_one_s_permission() -> None:
    """The event arrives although nobody accepted at this desk: only an acceptance here makes it a proof."""
    journey = travel(proven(authorization=None))

    assert journey.stop("accept").verdict.code == "AUTH-NONE"
    assert not journey.is_proven


def test_tidying_the_test_appointment_away_undoes_nothing() -> None:
    tidied = proven(
        appointment=booked(cancelled_at=at(-1)),
        arrivals=(arrival(), arrival(-1, is_live=False)),
        arrival_looked_at=at(0),
    )

    assert travel(tidied).is_proven


def test_a_removed_permission_is_repaired_at_each_desk_by_2_5_and_6() -> None:
    accepted_here = (refused(-25), trip(Purpose.INTEGRATION, Outcome.GRANTED, -12, account=MARIA))

    removed = travel(proven(trips=accepted_here, integration=dead(given=-12, died=-2)))
    repaired_elsewhere = travel(proven(trips=accepted_here, integration=repaired(died=-2, since=-1)))

    assert removed.stop("accept").verdict.code == "REVOKED-PIMSY"
    assert slugs(repaired_elsewhere.left) == ["sign-out", "test-appointment", "accept"]


def test_a_stop_is_found_by_its_slug_and_knows_its_neighbours() -> None:
    journey = travel(evidence())

    assert journey.stop("accept").step.number == 6
    assert [stop.step.slug for slug in SLUGS if (stop := journey.left_after(slug))] == SLUGS[1:]
    assert [stop.step.slug for slug in SLUGS if (stop := journey.before(slug))] == SLUGS[:-1]
    assert journey.before("create-calendar") is None
    assert journey.left_after("accept") is None
    with pytest.raises(KeyError):
        journey.stop("step-seven")


def test_continue_skips_what_is_done_elsewhere() -> None:
    journey = travel(proven(trips=(), arrivals=(), slot=None, appointment=None, authorization=None))

    following = journey.left_after("sign-out")

    assert following is not None
    assert following.step.slug == "test-appointment"


def test_the_stops_are_told_apart_by_how_often_they_are_done() -> None:
    journey = travel(evidence())

    assert slugs(journey.of(Once.CLINIC)) == ["enable-setting"]
    assert slugs(journey.of(Once.PERSON)) == ["create-calendar", "personnel-folder"]
    assert slugs(journey.of(Once.DESK)) == ["sign-out", "test-appointment", "accept"]
    assert slugs(journey.of(Once.CLINIC, Once.DESK)) == ["sign-out", "enable-setting", "test-appointment", "accept"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Status.VERIFIED),
        ({"trips": ()}, Status.NOT_CHECKED),
        ({"trips": (), "arrivals": (), "authorization": None, "integration": None}, Status.NOT_CHECKED),
        ({"trips": (), "arrivals": (), "arrival_looked_at": None}, Status.WAITING),
        ({"trips": (), "arrivals": ()}, Status.NEEDS_ATTENTION),
    ],
)
def test_the_worst_of_several_stops_stands_for_them(facts: dict[str, Any], expected: Status) -> None:
    assert worst(travel(proven(**facts)).stops) is expected


def test_no_stops_at_all_are_not_checked() -> None:
    assert worst(()) is Status.NOT_CHECKED


def test_a_practice_by_hand_of_which_nothing_is_known_begins_like_any_other() -> None:
    assert current(by_hand(account_meant=MARIA.email)) == "create-calendar"
