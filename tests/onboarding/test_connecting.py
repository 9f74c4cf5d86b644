"""Trips to Google and back: what is kept of them, for whom, and what never is."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from e2e.fake_google import FakeGoogle
from tests.walking import ANA, JOE, MARIA, SAM, Desk
from wizard.store import attempts, grants, people
from wizard.store.attempts import Attempt
from wizard.store.database import db, of_every_clinic
from wizard.store.grants import Grant

MARIAS, JOES, SAMS = "maria@clinic.example", "joe@clinic.example", "sam@clinic.example"


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google)


@pytest.fixture
def second(app: Flask, google: FakeGoogle) -> Desk:
    return Desk(app, google, "Front desk 2")


@pytest.fixture
def given(app: Flask) -> Callable[[], list[Grant]]:
    """Every grant that stands, read outside of any request."""

    def read() -> list[Grant]:
        with app.app_context(), of_every_clinic():
            return grants.standing([MARIA, JOE, SAM, ANA])

    return read


@pytest.fixture
def trips(app: Flask) -> Callable[[], list[Attempt]]:
    """Every trip, oldest first."""

    def read() -> list[Attempt]:
        with app.app_context(), of_every_clinic():
            return list(db.session.query(Attempt).order_by(Attempt.id))

    return read


@pytest.fixture
def enters(app: Flask) -> Callable[[int, str], None]:
    """An administrator enters the account meant for somebody."""

    def enter(person_id: int, email: str) -> None:
        with app.app_context(), of_every_clinic():
            person = people.find(person_id)
            assert person is not None
            person.google_account = email
            db.session.commit()

    return enter


def test_a_whole_sign_in_stores_one_grant(desk: Desk, given: Callable[[], list[Grant]], google: FakeGoogle) -> None:
    """T1: refresh token, exact scopes and expiry stored; exactly one grant."""
    desk.begins()

    desk.trip(MARIA, "checker", MARIAS)

    [grant] = given()
    assert (grant.person_id, grant.permission, grant.email, grant.version, grant.generation) == (
        MARIA,
        "checker",
        MARIAS,
        1,
        1,
    )
    assert grant.refresh_token
    assert grant.expires_at is not None
    assert 3500 < (grant.expires_at - google.world.now()).total_seconds() < 3600
    assert {scope.rsplit("/", 1)[-1] for scope in grant.scopes} >= {
        "calendar.calendarlist.readonly",
        "calendar.events.owned.readonly",
        "openid",
    }


def test_google_s_description_cannot_be_read_so_nobody_leaves(
    app: Flask, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T2: the authorization server errs at the start: the reason is shown, and there is no grant."""
    google.breaks("unavailable", at="discovery", times=None)
    desk = Desk(app, google)
    desk.begins()

    answer = desk.client.get(f"/google/connect/{MARIA}/checker")

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/create-calendar")
    assert "Google is not answering" in desk.sees(MARIA, "create-calendar")
    assert given() == []


def test_a_late_answer_can_be_begun_again(desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]) -> None:
    """T3: code or attempt expired: no row, and the next trip works."""
    desk.begins()
    google.accepts(MARIAS)
    late = desk.answer_of(desk.goes_to_google(MARIA, "checker"))
    google.world.clock.advance(601)
    refused = desk.client.get(late)
    before = given()

    desk.trip(MARIA, "checker", MARIAS)

    assert (refused.status_code, before, len(given())) == (400, [], 1)


def test_an_exchange_that_does_not_succeed_leaves_nothing_behind(
    desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T4: the exchange fails, then works: one grant, not two."""
    desk.begins()
    google.breaks("token_unavailable", at="token")
    desk.trip(MARIA, "checker", MARIAS)
    before, page = given(), desk.sees(MARIA, "create-calendar")

    desk.trip(MARIA, "checker", MARIAS)

    assert (before, len(given())) == ([], 1)
    assert "Google is not answering" in page


def test_two_people_of_one_computer_are_kept_apart(desk: Desk, given: Callable[[], list[Grant]]) -> None:
    """T6: two accounts on one workstation are two grants."""
    desk.begins(MARIA)
    desk.trip(MARIA, "checker", MARIAS)
    desk.begins(JOE)
    desk.trip(JOE, "checker", JOES)

    assert {(grant.person_id, grant.email) for grant in given()} == {(MARIA, MARIAS), (JOE, JOES)}


def test_connecting_again_keeps_the_row_and_its_refresh_token(desk: Desk, given: Callable[[], list[Grant]]) -> None:
    """T5, T54: a second consent of a living grant asks for no second refresh token and begins no generation."""
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)
    [before] = given()
    kept = (before.id, before.refresh_token, before.generation)
    version = before.version

    address = desk.goes_to_google(MARIA, "checker")
    desk.google.accepts(MARIAS)
    desk.comes_back(address)

    [after] = given()
    assert "access_type=offline" not in address
    assert (after.id, after.refresh_token, after.generation) == kept
    assert after.version > version


def test_a_dead_grant_is_repaired_in_its_own_row(
    desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T8, T54: reconnecting replaces the token in the same row, moves the version, and begins a generation."""
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)
    [before] = given()
    was = (before.id, before.refresh_token, before.version)
    google.world.removes_permission(MARIAS, "checker")
    google.world.clock.advance(5)
    desk.check(MARIA, "create-calendar", now="1")

    desk.trip(MARIA, "checker", MARIAS)

    [after] = given()
    assert after.id == was[0]
    assert after.refresh_token != was[1]
    assert after.version > was[2]
    assert (after.generation, after.is_dead) == (2, False)


def test_connecting_again_with_another_account_is_refused(
    desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T9: the old token is untouched, and both accounts are named."""
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)
    google.world.removes_permission(MARIAS, "checker")
    google.world.clock.advance(5)
    desk.check(MARIA, "create-calendar", now="1")
    [before] = given()

    desk.trip(MARIA, "checker", "frontdesk@gmail.example")
    page = desk.sees(MARIA, "create-calendar")

    [after] = given()
    assert (after.refresh_token, after.version) == (before.refresh_token, before.version)
    assert "frontdesk@gmail.example" in page
    assert MARIAS in page


def test_a_colleague_s_account_at_the_first_connect_is_refused_and_lives(
    desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T46: the wrong account at the first connect, and a colleague has a grant for it: her grant lives."""
    desk.creates_calendar()
    desk.begins(JOE)
    desk.trip(JOE, "checker", MARIAS)
    google.world.clock.advance(5)

    desk.check(MARIA, "create-calendar", now="1")

    assert [(grant.person_id, grant.is_dead) for grant in given()] == [(MARIA, False)]
    assert google.world.calls("revoke") == []


def test_a_consent_that_waits_for_its_answer_is_not_cut_off_by_a_colleague(
    desk: Desk, second: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T46: a colleague who took the same account by mistake does not end what Sam is being asked about."""
    desk.begins(SAM)
    desk.trip(SAM, "checker", SAMS)
    second.begins(JOE)
    second.trip(JOE, "checker", SAMS)

    desk.post(f"/setup/{SAM}/create-calendar", answer="yes")
    desk.check(SAM, "create-calendar", now="1")

    assert google.world.calls("revoke") == []
    assert [(grant.person_id, grant.is_dead) for grant in given()] == [(SAM, False)]


def test_two_tabs_that_wait_for_the_answer_keep_one_account(
    desk: Desk, second: Desk, given: Callable[[], list[Grant]]
) -> None:
    """T9: what was right when Google answered may be wrong when the person does: it is judged again."""
    desk.begins(SAM)
    desk.trip(SAM, "checker", SAMS)
    second.begins(SAM)
    second.trip(SAM, "checker", "frontdesk@gmail.example")
    desk.post(f"/setup/{SAM}/create-calendar", answer="yes")

    second.post(f"/setup/{SAM}/create-calendar", answer="yes")

    [grant] = given()
    assert (grant.email, grant.version) == (SAMS, 1)


def test_the_answer_is_refused_where_a_colleague_was_quicker(
    desk: Desk, enters: Callable[[int, str], None], given: Callable[[], list[Grant]]
) -> None:
    """T46: the account became a colleague's while the question stood there: refused by name, hers lives."""
    desk.begins(SAM)
    desk.trip(SAM, "checker", SAMS)
    enters(ANA, SAMS)

    desk.post(f"/setup/{SAM}/create-calendar", answer="yes")

    assert given() == []
    assert "Ana Brook" in desk.sees(SAM, "create-calendar")


def test_right_pressed_twice_keeps_one_grant(desk: Desk, given: Callable[[], list[Grant]]) -> None:
    desk.begins(SAM)
    desk.trip(SAM, "checker", SAMS)

    answers = [desk.post(f"/setup/{SAM}/create-calendar", answer="yes") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert [(grant.email, grant.version) for grant in given()] == [(SAMS, 1)]


def test_a_consent_nobody_answered_for_is_erased(
    desk: Desk, second: Desk, google: FakeGoogle, trips: Callable[[], list[Attempt]]
) -> None:
    """Neither a consent nor the secret of a trip outlives the time in which it is good for anything."""
    desk.begins(SAM)
    desk.trip(SAM, "checker", SAMS)
    second.begins(JOE)
    second.goes_to_google(JOE, "checker")
    held = [bool(trip.held) for trip in trips()]
    google.world.clock.advance(21 * 60)

    second.goes_to_google(JOE, "checker")

    assert held == [True, False, False]
    assert [(trip.held, bool(trip.secret)) for trip in trips()] == [
        ("", False),
        ("", False),
        ("", False),
        ("", True),
    ]


def test_after_the_first_grant_the_account_itself_decides_not_its_address(
    desk: Desk, enters: Callable[[int, str], None], given: Callable[[], list[Grant]]
) -> None:
    """T9: an address entered for a colleague by mistake keeps nobody from the account that is hers already."""
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)
    enters(JOE, MARIAS)
    [before] = given()
    version = before.version

    desk.trip(MARIA, "checker", MARIAS)

    [after] = given()
    assert after.version == version + 1


def test_a_new_address_of_the_same_account_is_taken_over(
    desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)
    google.world.changes_email(MARIAS, "maria.lopez@clinic.example")

    desk.trip(MARIA, "checker", "maria.lopez@clinic.example")

    assert [grant.email for grant in given()] == ["maria.lopez@clinic.example"]


def test_a_trip_that_the_dead_permission_ends_is_kept_as_a_fact(
    desk: Desk, google: FakeGoogle, trips: Callable[[], list[Attempt]]
) -> None:
    """T16: a question about a sign-out for which the permission was gone already leaves a row that says so."""
    desk.creates_calendar()
    google.world.removes_permission(MARIAS, "checker")
    google.world.clock.advance(5)
    desk.check(MARIA, "create-calendar", now="1")
    before = len(trips())

    answer = desk.client.get(f"/google/connect/{MARIA}/signed-out")

    assert answer.status_code == 303
    assert [trip.outcome for trip in trips()[before:]] == ["permission gone"]


def test_step_6_is_not_begun_before_its_time(
    desk: Desk, google: FakeGoogle, trips: Callable[[], list[Attempt]]
) -> None:
    """Order binds 1, 2, 5, 6: Google's page for writing is not opened by an address typed by hand."""
    desk.creates_calendar()
    before = len(trips())

    answer = desk.client.get(f"/google/connect/{MARIA}/integration")

    assert (answer.status_code, answer.location) == (303, f"/setup/{MARIA}/enable-setting")
    assert len(trips()) == before


def test_a_hundred_consents_leave_the_first_token_alive(
    app: Flask, desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T51: a token is asked for once, so that Google's cap of 100 never kills it."""
    desk.proves()

    for _ in range(101):
        desk.accepts()
    google.world.clock.advance(2 * 3600)
    desk.check(MARIA, "accept", now="1")

    [writing] = [grant for grant in given() if grant.permission == "integration"]
    assert (writing.is_dead, writing.generation) == (False, 1)
    assert "6 of 6" in desk.client.get(f"/setup/{MARIA}").text
    assert len([token for token in google.world.refresh_tokens.values() if token.client == "integration"]) == 1


def test_the_control_is_of_the_client_that_was_asked(app: Flask, desk: Desk) -> None:
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)

    with app.app_context(), of_every_clinic():
        found = [attempts.control_exists(client) for client in ("checker", "integration")]

    assert found == [True, False]


def test_an_answer_after_another_sign_in_is_refused(
    desk: Desk, google: FakeGoogle, given: Callable[[], list[Grant]]
) -> None:
    """T39: a trip belongs to the sign-in in which it was begun, not to the browser alone."""
    desk.begins()
    google.accepts(MARIAS)
    back = desk.answer_of(desk.goes_to_google(MARIA, "checker"))
    desk.post("/account/sign-out")
    desk.client.get("/")

    answer = desk.client.get(back)

    assert (answer.status_code, given()) == (400, [])


def test_a_second_grant_that_stands_is_refused_by_the_database(app: Flask, desk: Desk, google: FakeGoogle) -> None:
    """T4: one grant per person and permission, and per account and permission, whoever forgets to look first."""
    desk.begins()
    desk.trip(MARIA, "checker", MARIAS)
    sub = google.world.account(MARIAS).sub

    for person_id, other in ((MARIA, "another"), (JOE, sub)):
        with app.app_context(), of_every_clinic():
            again = grants.add(person_id, 1, "checker", other, google.world.now())
            again.clinic_id = 1
            with pytest.raises(IntegrityError):
                db.session.flush()
