"""Jobs ring the bell and are no more: kept and dropped with the booking, ids only, and missed by nobody when they are lost."""

import pytest
from flask import Flask
from sqlalchemy import text

from tests.background.crowd import gathers, starts
from tests.background.office import ACCOUNT, NINE, TEN, Office
from tests.databases import CHOICES
from wizard.practice.builtin import calendar
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import clients, clinics, jobs, mails, people
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic, of_every_clinic
from wizard.store.mails import MailKind

pytestmark = pytest.mark.parametrize("database", CHOICES["workers"], indirect=True)


def jobs_of(app: Flask) -> list[dict[str, object]]:
    with app.app_context():
        found = [
            dict(row) for row in db.session.execute(text("SELECT * FROM procrastinate_jobs ORDER BY id")).mappings()
        ]
        db.session.commit()
    return found


def forget_jobs(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
        db.session.commit()


def test_a_job_is_kept_with_the_booking_and_says_nothing_but_ids(office: Office) -> None:
    office.accepts()
    booked = office.books()

    (job,) = jobs_of(office.app)

    sub = office.google.world.account(ACCOUNT).sub
    told = (job["task_name"], job["args"], job["lock"], job["queueing_lock"])
    assert told == ("deliver", {"clinic_id": 1, "row_id": office.owes_surely(booked).id}, f"account/{sub}", None)


def test_a_job_is_dropped_with_the_booking(office: Office) -> None:
    office.accepts()

    with office.app.app_context(), of_clinic(1):
        maria, clinic = people.everyone()[0], clinics.present()
        wish = Wish(clients.of_people([1])[0].id, "TEST", "Main office", NINE, 10)
        calendar.book(maria, 1, wish, Rules(clinic.zone, clinic.grid_minutes), at=office.now, who="Dana Hill")
        waits = db.session.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar()
        db.session.rollback()

    assert waits == 1
    assert jobs_of(office.app) == []
    assert office.delivers() == 0


def test_what_is_held_has_no_job_until_somebody_accepts_and_the_bell_is_rung(office: Office) -> None:
    booked = office.books()
    held = jobs_of(office.app)
    office.accepts()

    with office.inside():
        office.services.background.wake()

    assert held == []
    assert [job["args"] for job in jobs_of(office.app)] == [{"clinic_id": 1, "row_id": office.owes_surely(booked).id}]
    with office.inside():
        office.services.background.wake()
    assert len(jobs_of(office.app)) == 1
    assert (office.delivers(), office.on_google()) == (1, [NINE])


def test_a_job_that_was_lost_is_deferred_anew(office: Office) -> None:
    office.accepts()
    office.books()
    forget_jobs(office.app)

    assert (office.delivers(), office.on_google(), jobs_of(office.app)) == (1, [NINE], [])


def test_a_job_that_comes_twice_finds_nothing_to_do(office: Office) -> None:
    office.accepts()
    office.books()
    same = "queue_name, task_name, lock, args"
    with office.app.app_context():
        db.session.execute(text(f"INSERT INTO procrastinate_jobs ({same}) SELECT {same} FROM procrastinate_jobs"))
        db.session.commit()

    assert (office.delivers(), office.asked(), jobs_of(office.app)) == (1, ["events.insert"], [])


def test_what_waits_for_its_time_is_deferred_when_it_comes(office: Office) -> None:
    office.accepts()
    office.books()
    office.google.goes_silent()
    first = office.delivers()
    office.google.answers_again()

    too_early, in_time = office.delivers(), office.delivers(after=3)

    assert (first, too_early, in_time, office.on_google()) == (1, 0, 1, [NINE])


def test_a_job_in_the_hand_of_a_dead_worker_shuts_nobody_out(office: Office) -> None:
    """Its account's lock is held by it: without the sweep no other job of the account would ever be given out."""
    office.accepts()
    office.books()
    with office.app.app_context():
        db.session.execute(text("UPDATE procrastinate_jobs SET status = 'doing', attempts = 1"))
        db.session.commit()
    office.books(TEN)

    assert office.delivers() == 2
    assert sorted(office.on_google()) == [NINE, TEN]


def test_an_account_with_very_much_due_shuts_no_other_out_of_a_sweep(office: Office) -> None:
    """After a long outage: the other's only appointment has waited less long than all twelve of the first."""
    gathers(office, accounts=1, each=12)
    office.accepts()
    office.waits(1)
    last = office.owes_surely(office.books()).id
    office.waits(1)

    with office.app.app_context(), of_every_clinic():
        swept = jobs.due(office.now, limit=6)
        db.session.commit()

    assert len({job.lock for job in swept}) == 2
    assert last in {job.row_id for job in swept}


def test_all_that_is_due_goes_out_however_much_is_one_account_s(office: Office) -> None:
    crowd = gathers(office, accounts=2, each=12)
    forget_jobs(office.app)

    assert (office.delivers(), len(starts(crowd, office)), jobs_of(office.app)) == (24, 24, [])


def test_the_bell_of_a_clinic_rings_for_its_own_alone(office: Office) -> None:
    office.accepts()
    office.books()
    with office.app.app_context():
        other = Clinic(name="Elm Clinic", zone_name="America/Chicago", practice="builtin", created_at=office.now)
        db.session.add(other)
        db.session.commit()
        with of_clinic(other.id):
            elsewhere = jobs.due(office.now)
            db.session.commit()
        with of_clinic(1):
            here = jobs.due(office.now)
            db.session.commit()

    assert (elsewhere, [job.clinic_id for job in here]) == ([], [1])


def test_a_letter_has_a_job_too_and_leaves_by_it(office: Office) -> None:
    words = office.services.cipher.encrypt("Your own link: ...")
    with office.inside():
        letter = mails.add(MailKind.ASKED, None, "dana@clinic.example", "A link", words, office.clock())
    (job,) = jobs_of(office.app)

    assert (job["task_name"], job["args"], job["lock"]) == (
        "send_letter",
        {"clinic_id": 1, "row_id": letter.id},
        "letters/1",
    )
    assert "dana" not in str(job)
