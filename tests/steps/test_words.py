"""What every check has in common, whatever the evidence: known codes, whole sentences, the house's tone."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    FRONTDESK,
    JOE,
    MAIN,
    MARIA,
    NOW,
    PIMSY,
    SLOT_STARTS_AT,
    arrival,
    at,
    authorized,
    booked,
    by_hand,
    dead,
    grant,
    pin,
    refused,
    repaired,
    said,
    saw,
    saw_pinned,
    signed_in,
    slot,
    trip,
)
from wizard import leaving, roads, stayed
from wizard.cards import CARDS
from wizard.evidence import CANT_SEE, Calendar, Evidence, FolderFact, Outcome, Purpose, SettingFact, Sighting
from wizard.steps import (
    STEPS,
    accept,
    create_calendar,
    enable_setting,
    personnel_folder,
    sign_out,
    step,
    test_appointment,
)
from wizard.steps.step import Step
from wizard.verdict import Status, Verdict

MODULES = (create_calendar, sign_out, enable_setting, personnel_folder, test_appointment, accept)

NO_CARD = {
    "NOT-BEGUN",
    "SAID",
    "ACC-CONFIRM",
    "CAL-LOOKING",
    "FOUND",
    "SIGNED-OUT",
    "SIGN-SEALED",
    "SIGN-UNSEEN",
    "SIGN-NOCONTROL",
    "SIGN-ENDED",
    "SIGN-OLD",
    "SET-ON",
    "SET-PROVED",
    "FOLDER-NAMED",
    "FOLDER-UNOWNED",
    "FOLDER-PROVED",
    "BOOKED",
    "APPT-AGAIN",
    "APPT-UNSENT",
    "AUTH-NONE",
    "EVT-UNSEEN",
    "ARRIVED",
    "CAL-UNSEEN",
    "NOT-ASKED",
    "CHK-STOPPED",
    "DESK-LEFT",
    "ARRIVED-EARLIER",
}
"""Outcomes that are no failure, or that the step's own page explains: nobody telephones about them by number."""

NEVER = re.compile(r"\b(please|sorry|invalid|failed|oops)\b", re.IGNORECASE)
NAMES_WITH_PIMSY = re.compile(r"PIMSY Calend[ae]r( Integration)?|“Old PIMSY”|P-I-M-S-Y")


def constants() -> dict[str, Verdict]:
    """Every outcome under the name it is defined by; what a step takes over from step.py counts once."""
    found: dict[str, Verdict] = {}
    for module in (stayed, step, *MODULES, roads, leaving):
        for name, value in vars(module).items():
            if isinstance(value, Verdict) and value not in found.values():
                found[f"{module.__name__.rsplit('.')[-1]}.{name}"] = value
    return found


CONSTANTS = constants()
ALL = list(CONSTANTS.values())


def words(verdict: Verdict) -> str:
    return f"{verdict.because} {verdict.remedy} {' '.join(verdict.in_order)} {verdict.note} {verdict.discreet}"


def test_every_code_is_a_card_or_known_to_be_none() -> None:
    cards = {card.code for card in CARDS}
    codes = {verdict.code for verdict in ALL}

    assert codes <= cards | NO_CARD
    assert codes >= NO_CARD
    assert not cards & NO_CARD


@pytest.mark.parametrize("one", STEPS, ids=lambda one: one.slug)
def test_a_step_polls_only_codes_that_exist_and_that_somebody_can_cure_meanwhile(one: Step) -> None:
    may_change = {verdict.code for verdict in ALL if verdict.status in {Status.WAITING, Status.NEEDS_ATTENTION}} - {
        "ACC-CONFIRM"
    }
    waits_for_a_trip = ("ACC-", "SIGN-", "GRANT-", "ORG-", "APP-", "AUTH-", "REVOKED-")

    assert one.polls <= may_change | {"ARRIVED-EARLIER"}, "a proof beside which a newer test is looked for"
    assert not [code for code in one.polls if code.startswith(waits_for_a_trip)]


def test_the_steps_are_numbered_in_their_order_and_named_like_their_modules() -> None:
    assert [one.number for one in STEPS] == [1, 2, 3, 4, 5, 6]
    assert [one.slug for one in STEPS] == [module.__name__.rsplit(".")[-1].replace("_", "-") for module in MODULES]
    assert tuple(module.STEP for module in MODULES) == STEPS


@pytest.mark.parametrize("name", CONSTANTS)
def test_the_tone_is_kept(name: str) -> None:
    verdict = CONSTANTS[name]

    assert not NEVER.search(words(verdict))
    for text in (verdict.because, verdict.remedy, *verdict.in_order):
        assert text == text.strip()
        assert not text or text.endswith((".", "?", "{others}", ":" if verdict.in_order else "."))


TRIPS = st.one_of(
    st.builds(
        trip,
        st.sampled_from(Purpose),
        st.sampled_from(Outcome),
        st.integers(-90, 0),
        account=st.sampled_from([None, MARIA, JOE, FRONTDESK]),
        sub=st.sampled_from(["", MARIA.sub, JOE.sub]),
        is_own=st.booleans(),
        is_hinted=st.booleans(),
        missing=st.sampled_from([(), ("one",), ("one", "two")]),
        alive_before=st.booleans(),
        alive_after=st.booleans(),
        failure=st.sampled_from(["", "GOOGLE-BUSY", "GRANT-PART", "unheard of"]),
    ),
    st.builds(refused, st.integers(-90, 0)),
    st.builds(signed_in, st.sampled_from([MARIA, JOE]), st.integers(-90, 0)),
)
NAMED = st.sampled_from(["PIMSY Calendar", "Pimsy calendar", "PIMSY Calendar ", "PIMSY Calender", "Work"])
LISTED = st.builds(
    Calendar,
    st.sampled_from([PIMSY.id, "id-other", "id-third"]),
    NAMED,
    st.sampled_from(["owner", "owner", "reader"]),
    st.booleans(),
    st.sampled_from(["", MARIA.email, JOE.email]),
)
FAILURES = st.sampled_from(["", "GOOGLE-BUSY", "QUOTA", "CLOCK", "OUR-FAULT", "GOOGLE-NOCAL", "GRANT-PART", "new"])
ARRIVALS = st.builds(
    arrival,
    st.integers(-60, 0),
    slot_id=st.sampled_from([1, 2]),
    calendar_id=st.sampled_from([PIMSY.id, PIMSY.id, "id-other"]),
    starts_at=st.sampled_from([SLOT_STARTS_AT, SLOT_STARTS_AT, at(1300), at(3000)]),
    is_live=st.booleans(),
    generation=st.sampled_from([0, 1, 2]),
    created=st.sampled_from([None, at(-20)]),
)
GRANTS = st.sampled_from([None, grant(), grant(), dead(), repaired(), grant(FRONTDESK)])
READ: dict[str, st.SearchStrategy[Any]] = {
    "setting": st.builds(
        SettingFact, st.booleans(), st.booleans(), st.booleans(), st.sampled_from([None, at(-10), at(-3000)])
    ),
    "folder": st.builds(
        FolderFact, st.sampled_from(["", MARIA.email, JOE.email]), st.booleans(), st.booleans(), st.booleans()
    ),
    "appointment": st.none()
    | st.builds(
        booked,
        st.integers(-60, 0),
        slot_id=st.sampled_from([1, 2]),
        cancelled_at=st.sampled_from([None, None, at(-1)]),
        unsent=st.sampled_from(["", "", "SET-OFF", "FOLDER-EMPTY", "FOLDER-OTHER", "USER-SUSPENDED", "new"]),
    ),
}
NOT_READ: dict[str, st.SearchStrategy[Any]] = {key: st.just(CANT_SEE) for key in READ} | {
    "in_main": st.sampled_from([Sighting(), Sighting(True, at(-1), at(-1)), Sighting(False, at(-1), at(-1))]),
    "in_other": st.sampled_from(
        [Sighting(), Sighting("joe@clinic.example", at(-1), at(-1)), Sighting("", at(-1), at(-1))]
    ),
}
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "now": st.sampled_from([NOW, at(5), at(3 * 24 * 60), at(500 * 24 * 60)]),
    "one_project": st.booleans(),
    "is_testing": st.booleans(),
    "account_meant": st.sampled_from(["", MARIA.email]),
    "checker": GRANTS,
    "integration": GRANTS,
    "has_control": st.booleans(),
    "pin": st.sampled_from([None, pin(), pin(), pin(account=JOE)]),
    "calendars": st.builds(Sighting, failure=FAILURES)
    | st.builds(lambda listed, failure: saw(*listed, MAIN, failure=failure), st.lists(LISTED, max_size=4), FAILURES),
    "pinned_now": st.just(Sighting())
    | st.builds(saw_pinned, NAMED, st.sampled_from([-2, -0.5]), is_gone=st.booleans()),
    "trips": st.lists(TRIPS, max_size=5).map(tuple),
    "slot": st.sampled_from([None, slot(), slot(), slot(2, given=-20)]),
    "authorization": st.sampled_from([None, authorized(), authorized(), authorized(-5, generation=2)]),
    "arrivals": st.lists(ARRIVALS, max_size=3).map(tuple),
    "arrival_looked_at": st.sampled_from([None, at(-9), NOW]),
    "arrival_failure": FAILURES,
    "missed_at": st.sampled_from([None, None, at(-5)]),
    "clinic_arrival": st.sampled_from([None, arrival()]),
    "person_arrival": st.sampled_from([None, arrival()]),
    "answers": st.lists(
        st.builds(
            said,
            st.sampled_from([one.slug for one in STEPS]),
            st.integers(-60, 0),
            st.sampled_from(["said", "said", "asked", "passed by", "start again", "no page", "password"]),
        ),
        max_size=4,
    ).map(tuple)
    | st.builds(
        lambda slug, page, told: (said("test-appointment", -15), said(f"{slug}/{page}", told, "told")),
        st.sampled_from(["create-calendar", "sign-out", "accept"]),
        st.sampled_from([*(page.slug for page in stayed.PAGES), "400: invalid_scope"]),
        st.integers(-20, 0),
    ),
}


def some_evidence(practice: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Evidence]:
    return st.fixed_dictionaries(KNOWN | practice).map(lambda facts: by_hand(**facts))


@settings(deadline=None)  # how long an example takes says nothing here
@given(some_evidence(READ))
def test_whatever_is_read_of_the_stand_in_every_step_says_something_whole(known: Evidence) -> None:
    for one in STEPS:
        verdict = one.check(known)
        assert not NEVER.search(words(verdict))
        assert "{" not in words(verdict)
        assert "PIMSY" not in NAMES_WITH_PIMSY.sub("", words(verdict)), "the Stand-in is not PIMSY"
        assert verdict.code in {constant.code for constant in ALL}
        assert verdict.code == "NOT-BEGUN" or verdict.because


@settings(deadline=None)  # how long an example takes says nothing here
@given(some_evidence(NOT_READ))
def test_by_hand_every_step_says_something_whole(known: Evidence) -> None:
    for one in STEPS:
        verdict = one.check(known)
        assert not NEVER.search(words(verdict))
        assert "{" not in words(verdict)
        assert verdict.code == "NOT-BEGUN" or verdict.because


@settings(deadline=None)  # how long an example takes says nothing here
@given(some_evidence(READ) | some_evidence(NOT_READ))
def test_nothing_is_verified_that_nobody_saw(known: Evidence) -> None:
    """Verified carries the time at which it was seen; no other word claims a proof."""
    for one in STEPS:
        verdict = one.check(known)
        assert not verdict.is_verified or verdict.seen is not None
        assert not verdict.said or verdict.status is Status.NOT_CHECKED
        assert not verdict.amber or verdict.status is Status.NEEDS_ATTENTION
