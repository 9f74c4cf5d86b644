"""The short roads: what each step says on them, and that none of them makes anything count as proven."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import (
    JOE,
    MARIA,
    SLOT_STARTS_AT,
    accepted,
    arrival,
    at,
    authorized,
    by_hand,
    connected,
    dead,
    evidence,
    grant,
    proven,
    ready,
    refused,
    said,
    slot,
    told,
    trip,
)
from wizard.evidence import Answer, Evidence, FolderFact, Outcome, Purpose, SettingFact
from wizard.journey import travel
from wizard.roads import (
    FOLDER_UNWATCHED,
    LOOK_YOURSELF,
    MISSED_BY_PERSON,
    NO_PAGE,
    NO_PAGE_PORTAL,
    NOBODY_ASKS,
    NOT_ASKED,
    SAID_BEFORE,
    SAID_UNWATCHED,
    SEEN_BY_PERSON,
    STOPPED,
    UNWATCHED,
)
from wizard.steps import accept, personnel_folder, sign_out
from wizard.steps.step import NOT_BEGUN, SAID
from wizard.verdict import Verdict

ALONE = SAID_UNWATCHED.fill(checker="the checker")
SLUGS = ("create-calendar", "sign-out", "enable-setting", "personnel-folder", "test-appointment", "accept")


def answer(kind: str, when: float = -50, slug: str = "") -> Answer:
    return said(slug, when, kind)


JUST = answer("just check")
WITHOUT = answer("without checker")
STOP = answer("stop", -1)


def verdict(slug: str, facts: Evidence) -> Verdict:
    return travel(facts).stop(slug).verdict


def codes(facts: Evidence) -> list[str]:
    return [stop.verdict.code for stop in travel(facts)]


def current(facts: Evidence) -> str:
    stop = travel(facts).current
    return stop.step.slug if stop else ""


# ── just check it ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_just_checking_begins_with_connecting() -> None:
    assert current(evidence(answers=(JUST,))) == "create-calendar"


def test_by_hand_nothing_is_asked_between_the_calendar_and_the_booking() -> None:
    facts = told(trips=(), answers=(JUST,), integration=None)

    assert verdict("sign-out", facts) == NOBODY_ASKS
    assert verdict("enable-setting", facts) == NOT_ASKED
    assert verdict("personnel-folder", facts) == NOT_ASKED
    assert current(facts) == "test-appointment"


def test_what_the_stand_in_shows_is_no_matter_of_asking() -> None:
    facts = connected(answers=(JUST,))

    assert verdict("sign-out", facts) == NOBODY_ASKS
    assert verdict("enable-setting", facts) == NOT_BEGUN
    assert current(facts) == "enable-setting"
    assert current(ready(trips=(), answers=(JUST,), slot=None, appointment=None)) == "test-appointment"


def test_who_is_started_again_is_asked_everything() -> None:
    assert verdict("sign-out", connected(answers=(JUST, answer("start again", -10)))) == NOT_BEGUN


def test_who_is_not_in_a_hurry_is_asked_everything() -> None:
    assert verdict("sign-out", connected()) == NOT_BEGUN
    assert current(told(trips=(), answers=())) == "sign-out"


def test_the_arrival_proves_by_hand_what_was_not_asked_and_the_sign_out_stays_unchecked() -> None:
    journey = travel(told(trips=(), answers=(JUST,), arrivals=(arrival(generation=0),)))

    assert [stop.verdict.is_verified for stop in journey] == [True, False, True, True, True, True]
    assert journey.current is None
    assert not journey.is_proven


def test_a_sign_out_that_grew_old_is_not_asked_for_again() -> None:
    assert verdict("sign-out", connected(answers=(JUST,), trips=(refused(-70),))) == NOBODY_ASKS


def test_a_sign_out_that_was_shown_all_the_same_is_verified() -> None:
    assert verdict("sign-out", connected(answers=(JUST,), trips=(refused(-5),))).code == "SIGNED-OUT"


# ── without the checker ──────────────────────────────────────────────────────────────────────────────────────────────


def test_by_hand_all_six_read_that_the_person_said_so() -> None:
    words = (WITHOUT, *(said(slug, -10) for slug in SLUGS))
    journey = travel(by_hand(account_meant=MARIA.email, slot=slot(given=-40), answers=words))

    assert [stop.verdict.note for stop in journey] == ["you said it is done"] * 6
    assert [stop.verdict.status.value for stop in journey] == ["Not checked"] * 6
    assert (journey.current, journey.verified, journey.is_proven) == (None, 0, False)


def test_each_step_without_a_word_about_it_is_open() -> None:
    facts = by_hand(account_meant=MARIA.email, slot=slot(given=-40), answers=(WITHOUT,))

    assert codes(facts) == ["CAL-UNSEEN", "SIGN-UNSEEN", "NOT-BEGUN", "NOT-BEGUN", "NOT-BEGUN", "NOT-BEGUN"]
    assert verdict("create-calendar", facts) == UNWATCHED.fill(checker="the checker")
    assert current(facts) == "create-calendar"


def test_the_calendar_and_the_sign_out_are_taken_at_the_person_s_word() -> None:
    facts = evidence(answers=(WITHOUT, said("create-calendar"), said("sign-out")))

    assert verdict("create-calendar", facts) == verdict("sign-out", facts) == ALONE
    assert current(facts) == "enable-setting"


def test_a_word_from_before_the_person_was_started_again_counts_no_more() -> None:
    facts = evidence(answers=(WITHOUT, said("create-calendar", -20), answer("start again", -10)))

    assert verdict("create-calendar", facts) == UNWATCHED.fill(checker="the checker")


def test_going_to_connect_after_all_is_told_first() -> None:
    cancelled = trip(Purpose.CHECKER, Outcome.CANCELLED, -5)
    before = trip(Purpose.CHECKER, Outcome.CANCELLED, -55)

    assert verdict("create-calendar", evidence(answers=(WITHOUT,), trips=(cancelled,))).code == "GRANT-CANCEL"
    assert verdict("create-calendar", evidence(answers=(WITHOUT,), trips=(before,))).code == "CAL-UNSEEN"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            MARIA.email.upper(),
            FOLDER_UNWATCHED.fill(name="Maria", account=MARIA.email),
        ),
        (JOE.email, personnel_folder.OTHER.fill(name="Maria", account=MARIA.email, found=JOE.email)),
    ],
)
def test_the_stand_in_s_folder_is_compared_with_the_account_that_was_entered(named: str, expected: Verdict) -> None:
    facts = evidence(account_meant=MARIA.email, folder=FolderFact(named, is_touched=True), answers=(WITHOUT,))
    found = verdict("personnel-folder", facts)

    assert (found.code, found.because, found.said) == (expected.code, expected.because, expected.said)


def unwatched(**facts: Any) -> Evidence:
    """With the Stand-in: booked and accepted, and nobody looks."""
    return accepted(**{"checker": None, "pin": None, "answers": (WITHOUT,), "arrival_looked_at": None, **facts})


def test_step_6_asks_the_person_to_look() -> None:
    assert verdict("accept", unwatched()) == LOOK_YOURSELF.fill(when="Wednesday Nov 25, 6:10 AM")
    assert verdict("accept", unwatched(authorization=None)).code == "AUTH-NONE"
    assert verdict("accept", unwatched(integration=None, authorization=None, slot=None)) == NOT_BEGUN


def test_what_the_person_sees_counts_for_the_test_time_it_was_said_about() -> None:
    seen = SEEN_BY_PERSON.fill(time="6:10")

    assert verdict("accept", unwatched(answers=(WITHOUT, said("accept", -5)))) == seen
    assert verdict("accept", unwatched(answers=(WITHOUT, said("accept", -31)))).code == "EVT-UNSEEN"
    assert verdict("accept", unwatched(now=at(2000), answers=(WITHOUT, said("accept", -5)))) == seen


def test_a_booking_that_the_person_saw_arrive_does_not_grow_old() -> None:
    facts = unwatched(now=SLOT_STARTS_AT, answers=(WITHOUT, said("accept", -5)))

    assert verdict("test-appointment", facts) == ALONE
    assert verdict("test-appointment", unwatched(now=SLOT_STARTS_AT)).code == "APPT-AGAIN"


def test_what_the_person_does_not_see_leads_to_the_usual_causes() -> None:
    facts = unwatched(account_meant=MARIA.email, answers=(WITHOUT, answer("not there", -5, "accept")))

    missed = MISSED_BY_PERSON.fill(time="6:10", name="Maria", account=MARIA.email)
    assert verdict("accept", facts) == missed
    assert missed.remedy == accept.NONE.fill(time="", name="Maria", account=MARIA.email).remedy


@pytest.mark.parametrize(("is_portal", "expected"), [(False, NO_PAGE), (True, NO_PAGE_PORTAL)])
def test_by_hand_no_page_is_a_card_also_where_nobody_looks(is_portal: bool, expected: Verdict) -> None:
    words = (WITHOUT, said("test-appointment", -20), answer("no page", -20, "test-appointment"))
    facts = by_hand(account_meant=MARIA.email, slot=slot(given=-40), is_portal=is_portal, answers=words)

    found = verdict("accept", facts)
    later = verdict("accept", replace(facts, answers=(*words, said("accept", -5))))

    assert found == expected.fill(when="Wednesday Nov 25, 6:10 AM", account=MARIA.email)
    assert later == SEEN_BY_PERSON.fill(time="6:10")


def test_connecting_ends_the_road() -> None:
    words = (WITHOUT, *(said(slug, -10) for slug in SLUGS))
    facts = ready(answers=words, integration=grant(given=-12), authorization=authorized(), arrivals=(arrival(-10),))

    assert codes(facts) == ["FOUND", "SIGN-SEALED", "SET-ON", "FOLDER-NAMED", "BOOKED", "ARRIVED"]


def test_a_sign_out_from_before_connecting_lets_on_until_it_is_looked_at() -> None:
    said_so = (WITHOUT, said("sign-out", -70))

    assert verdict("sign-out", connected(answers=said_so)) == SAID_BEFORE
    assert verdict("sign-out", connected(answers=said_so, trips=(refused(-5),))).code == "SIGNED-OUT"


def test_a_dead_permission_is_no_road() -> None:
    assert verdict("create-calendar", connected(checker=dead(), answers=(WITHOUT,))).code == "REVOKED-CHK"


# ── the checker removed after the proof ──────────────────────────────────────────────────────────────────────────────


def test_what_was_proven_stays_where_the_checker_was_removed() -> None:
    journey = travel(proven(checker=None, account_meant=MARIA.email, answers=(STOP,)))

    assert journey.stop("create-calendar").verdict == STOPPED.fill(at="9:59")
    assert journey.stop("sign-out").verdict.code == sign_out.WAS_OUT.code
    assert journey.stop("accept").verdict.is_verified
    assert journey.current is None


def test_another_computer_has_nothing_yet_so_somebody_has_to_look_there() -> None:
    assert current(ready(checker=None, answers=(STOP,))) == "create-calendar"


def test_connecting_again_is_told_by_the_step_itself() -> None:
    assert verdict("create-calendar", proven(answers=(STOP,))).code == "FOUND"


def test_no_road_changes_what_was_seen() -> None:
    for road in (JUST, WITHOUT, STOP):
        assert codes(proven(answers=(road,))) == codes(proven())
    assert verdict("enable-setting", by_hand(answers=(said("enable-setting"),))) == SAID
    assert verdict("enable-setting", evidence(setting=SettingFact(True), answers=(WITHOUT,))).is_verified
