"""The pace: a bucket for each account and one for the installation, shared by whoever asks; and Google's word about it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from e2e.launcher import TODAY
from tests.background.crowd import gathers, starts
from tests.background.office import ACCOUNT, NINE, Office
from wizard.background.allowance import MANY, PROJECT, RESERVED
from wizard.background.dispatcher import Limits
from wizard.store import paces
from wizard.store.database import db
from wizard.store.paces import Pace, Rate

TEN_A_MINUTE = Rate(20)
"""Half of it is ours: one in six seconds, and two in store."""


def test_a_bucket_that_nobody_used_is_full() -> None:
    assert paces.left(None, Rate(600), TODAY) == 60


@pytest.mark.parametrize(
    ("seconds", "left"),
    [(0, 0.0), (6, 1.0), (12, 2.0), (3600, 2.0), (-60, 0.0)],
    ids=["at once", "one later", "two later", "never more than its store", "a clock set back"],
)
def test_it_fills_evenly_up_to_its_store(seconds: int, left: float) -> None:
    pace = Pace(name="a", left=0.0, at=TODAY, share=1.0, slowed_at=None)

    assert paces.left(pace, TEN_A_MINUTE, TODAY + timedelta(seconds=seconds)) == pytest.approx(left)


@pytest.mark.parametrize(("minutes", "share"), [(0, 0.25), (4.9, 0.25), (5, 0.5), (10, 1.0), (600, 1.0), (-60, 0.25)])
def test_a_slowed_bucket_recovers_by_doubling(minutes: float, share: float) -> None:
    assert paces.share_of(0.25, TODAY, TODAY + timedelta(minutes=minutes)) == share


def test_in_no_minute_more_is_asked_than_google_allows() -> None:
    allowed = Rate(600)

    assert allowed.store + 60 * allowed.a_second <= 0.6 * allowed.a_minute


def test_under_it_all_goes_and_over_it_the_rest_waits_without_a_fault(office: Office) -> None:
    office.accepts()
    booked = [office.books(NINE + timedelta(minutes=20 * count)) for count in range(4)]
    limits = Limits(of_user=TEN_A_MINUTE)

    at_once = office.dispatcher(limits=limits).run_once()
    waiting = office.owes_surely(booked[-1])
    office.waits(6)
    later = office.dispatcher(limits=limits).run_once()

    assert (at_once, later, len(office.on_google())) == (2, 1, 3)
    assert (waiting.reason, waiting.tries, waiting.failing_since, waiting.leased_until) == ("", 0, None, None)


def test_one_account_over_it_holds_up_nobody_else(office: Office) -> None:
    crowd = gathers(office, accounts=3, each=3)

    tried = office.dispatcher(limits=Limits(of_user=TEN_A_MINUTE)).run_once()

    assert (tried, len(starts(crowd, office))) == (6, 6)


def test_the_installation_has_one_pace_for_all(office: Office) -> None:
    crowd = gathers(office, accounts=6, each=1)
    limits = Limits(of_project=Rate(50))  # five in store

    tried = [office.dispatcher(limits=limits).run_once(), office.dispatcher(limits=limits).run_once()]
    later = office.dispatcher(limits=limits)
    office.waits(3)

    assert (tried, len(starts(crowd, office))) == ([5, 0], 5)
    assert (later.run_once(), len(starts(crowd, office))) == (1, 6)


def test_off_nothing_is_counted(office: Office) -> None:
    gathers(office, accounts=1, each=4)

    tried = office.dispatcher(limits=Limits(of_user=Rate(0), of_project=Rate(0))).run_once()

    with office.inside():
        assert (tried, db.session.query(Pace).count()) == (4, 0)


def test_without_its_table_nothing_is_sent_and_nothing_lost(office: Office) -> None:
    crowd = gathers(office, accounts=1, each=2)
    with office.inside():
        db.session.execute(text("ALTER TABLE paces RENAME TO away"))

    with pytest.raises(Exception, match="no such table: paces"):
        office.dispatcher().run_once()
    asked = office.asked()
    with office.inside():
        db.session.execute(text("ALTER TABLE away RENAME TO paces"))
    office.dispatcher().run_once()

    assert (asked, len(starts(crowd, office))) == ([], 2)


@pytest.mark.parametrize("fault", ["userRateLimitExceeded", "rateLimitExceeded", "rateLimitExceeded429"])
def test_what_google_finds_too_fast_is_halved(office: Office, fault: str) -> None:
    crowd = gathers(office, accounts=MANY, each=1)
    office.google.breaks(fault, "events.insert", times=MANY)

    office.delivers()

    sub = office.google.world.account(crowd.accounts[0]).sub
    with office.inside():
        account, project = (db.session.get_one(Pace, name) for name in (f"account/{sub}", PROJECT))
        assert (account.share, account.slowed_at, project.share) == (0.5, office.now, 0.5)


def test_accounts_that_google_finds_too_fast_by_themselves_slow_nobody_else(office: Office) -> None:
    """Google limits each user, too: one who is refused for days must not hold the whole installation at its least."""
    gathers(office, accounts=MANY - 1, each=1)
    office.google.breaks("userRateLimitExceeded", "events.insert", times=None)

    for _ in range(8):
        office.delivers(after=70)

    with office.inside():
        shares = {pace.name: pace.share for pace in db.session.query(Pace)}
        assert shares.pop(PROJECT) == 1
        assert len(shares) == MANY - 1
        assert max(shares.values()) < 1


def test_several_hints_of_a_moment_are_one(office: Office) -> None:
    rate = Rate(600)
    with office.inside():
        for seconds in (0, 10, 29):
            paces.slow("a", rate, office.now + timedelta(seconds=seconds))
        once = db.session.get_one(Pace, "a").share
        paces.slow("a", rate, office.now + timedelta(seconds=31))
        twice = db.session.get_one(Pace, "a").share

    assert (once, twice) == (0.5, 0.25)


def test_it_is_never_slowed_to_nothing(office: Office) -> None:
    with office.inside():
        for minute in range(20):
            paces.slow("a", Rate(600), office.now + timedelta(minutes=minute))

        assert db.session.get_one(Pace, "a").share == paces.LEAST_SHARE


def test_a_row_that_has_to_wait_uses_up_nothing_of_the_installations_pace(office: Office) -> None:
    """A job tries it again each second, for each account that waits."""
    office.accepts()
    delivery = office.owes_surely(office.books())
    sub, limits = office.google.world.account(ACCOUNT).sub, Limits()
    with office.inside():
        paces.spend({f"account/{sub}": 1000}, limits.of_user, office.now)
    dispatcher = office.dispatcher(limits=limits)

    tried = [dispatcher.try_one(delivery.clinic_id, delivery.id) for _ in range(3)]

    assert (tried, dispatcher._allowance._reserved) == ([False] * 3, RESERVED)
