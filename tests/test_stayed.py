"""Google's pages from which nobody comes back: from what a person tells to what it means."""

import pytest

from tests.builders import (
    MAIN,
    MARIA,
    PIMSY,
    booked,
    by_hand,
    connected,
    dead,
    evidence,
    grant,
    pin,
    said,
    saw,
    slot,
    trip,
)
from wizard import stayed
from wizard.evidence import Evidence, Outcome, Purpose
from wizard.stayed import PAGES, Page
from wizard.steps import accept, create_calendar, sign_out
from wizard.steps.step import GOOGLE_PAGE_STAYED
from wizard.verdict import Status, Verdict


def away(page: str, begun: float = -3, told: float = -1, **facts: object) -> Evidence:
    """Maria went to Google for the checker, did not come back, and told what she saw there."""
    return evidence(
        trips=(trip(Purpose.CHECKER, Outcome.OPEN, begun),),
        account_meant=MARIA.email,
        answers=(said(f"create-calendar/{page}", told, "told"),),
        **facts,
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_that_was_told_of_says_what_it_means(page: Page) -> None:
    assert create_calendar.check(away(page.slug)) == page.verdict.fill(account=MARIA.email)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_what_was_told_stands_after_the_trip_has_ended(page: Page) -> None:
    assert create_calendar.check(away(page.slug, begun=-3000, told=-2990)) == page.verdict.fill(account=MARIA.email)


def test_a_named_tester_is_told_what_is_expected() -> None:
    assert create_calendar.check(away("not-verified", is_testing=True)) == stayed.UNVERIFIED_TESTING


def test_what_was_told_of_an_earlier_trip_says_nothing_about_this_one() -> None:
    assert create_calendar.check(away("blocked", begun=-3, told=-10)).code == GOOGLE_PAGE_STAYED.code
    assert create_calendar.check(away("blocked", begun=-3, told=-10)).status is Status.WAITING


def test_what_was_told_at_another_step_says_nothing_here() -> None:
    known = evidence(trips=(trip(Purpose.CHECKER, Outcome.OPEN, -3),), answers=(said("accept/blocked", -1, "told"),))

    assert create_calendar.check(known).status is Status.WAITING


def test_the_newest_word_counts() -> None:
    known = evidence(
        trips=(trip(Purpose.CHECKER, Outcome.OPEN, -3),),
        answers=(said("create-calendar/blocked", -2, "told"), said("create-calendar/review", -1, "told")),
    )

    assert create_calendar.check(known) == stayed.ORG_REVIEW


def test_a_trip_that_came_back_after_all_decides() -> None:
    known = evidence(
        trips=(trip(Purpose.CHECKER, Outcome.CANCELLED, -1),), answers=(said("create-calendar/blocked", 0, "told"),)
    )

    assert create_calendar.check(known).code == "GRANT-CANCEL"


def test_told_beside_a_permission_that_lives_it_changes_no_status() -> None:
    known = connected(
        trips=(trip(Purpose.CHECKER, Outcome.OPEN, -3),), answers=(said("create-calendar/blocked", -1, "told"),)
    )

    verdict = create_calendar.check(known)

    assert (verdict.code, verdict.aside) == ("FOUND", "ORG-POLICY")


def test_told_of_the_silent_question() -> None:
    known = connected(
        trips=(trip(Purpose.SIGNED_OUT, Outcome.OPEN, -3, sub=MARIA.sub),),
        answers=(said("sign-out/return-address", -1, "told"),),
    )

    assert sign_out.check(known) == stayed.RETURN_ADDRESS


def test_told_of_the_writing_permission() -> None:
    known = connected(
        slot=slot(),
        appointment=booked(-10),
        trips=(trip(Purpose.INTEGRATION, Outcome.OPEN, -3),),
        answers=(said("accept/blocked", -1, "told"),),
    )

    assert accept.check(known) == stayed.ORG_POLICY


def own(page: str, told: float = -5) -> Evidence:
    """With her own PIMSY Maria said that the test is booked, and what Google showed to PIMSY."""
    return by_hand(
        checker=grant(),
        has_control=True,
        calendars=saw(MAIN, PIMSY),
        pin=pin(),
        slot=slot(),
        answers=(said("test-appointment", -15), said(f"accept/{page}", told, "told")),
    )


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ("blocked", stayed.ORG_POLICY),
        ("review", stayed.ORG_REVIEW),
        ("testers", stayed.UNVERIFIED),
        ("not-verified", stayed.UNVERIFIED),
        ("program", stayed.IN_A_PROGRAM),
        ("no-error", stayed.WITHOUT_ERROR),
        ("client", stayed.OF_PIMSY.fill(error="401: invalid_client or 401: deleted_client")),
        ("400: invalid_scope", stayed.OF_PIMSY.fill(error="400: invalid_scope")),
    ],
)
def test_by_hand_it_was_pimsy_that_asked(page: str, verdict: Verdict) -> None:
    assert accept.check(own(page)) == verdict


def test_by_hand_a_later_booking_asks_anew() -> None:
    assert accept.check(own("blocked", told=-20)).code == "EVT-NONE"


def test_a_dead_permission_is_told_with_what_google_showed_on_the_way_to_a_new_one() -> None:
    known = evidence(
        checker=dead(died=-20),
        trips=(trip(Purpose.CHECKER, Outcome.OPEN, -3),),
        answers=(said("create-calendar/blocked", -1, "told"),),
    )

    assert create_calendar.check(known) == stayed.ORG_POLICY


@pytest.mark.parametrize(
    ("choice", "line", "slug"),
    [
        ("blocked", "", "blocked"),
        ("blocked", "Error 403: org_internal", "blocked"),
        ("other", "Error 403: org_internal", "organisation"),
        ("other", "  error 400: ADMIN_POLICY_ENFORCED. ", "blocked"),
        ("other", "401 deleted_client", "client"),
        ("other", "Error 400: invalid_scope", "400: invalid_scope"),
    ],
)
def test_what_is_kept_of_a_choice(choice: str, line: str, slug: str) -> None:
    assert stayed.slug_of(choice, line) == slug


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        ("", ""),
        ("nothing of ours", ""),
        ("other", ""),
        ("other", "It says that Jane Doe may not"),
        ("other", "Error 400: <b>bold</b>"),
        ("other", "Error 400: invalid_scope and Jane Doe"),
        ("other", f"Error 400: {'a' * 42}"),
    ],
)
def test_what_is_no_choice_keeps_nothing(choice: str, line: str) -> None:
    assert stayed.slug_of(choice, line) is None


def test_the_drawings_show_the_codes_beside_them() -> None:
    assert {page.slug: len(page.errors) for page in PAGES if page.errors} == {
        "return-address": 1,
        "client": 2,
        "blocked": 1,
        "review": 1,
        "organisation": 1,
        "testers": 1,
        "program": 1,
    }
    assert [page.drawing for page in PAGES if page.drawing] == [
        *(f"google-stayed-{number}" for number in range(1, 7)),
        "google-stop",
    ]
