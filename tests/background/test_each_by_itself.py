"""In what is done for many one after the other nobody is kept waiting, and one that breaks stops nobody else."""

import sqlite3
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.background.crowd import gathers
from tests.background.office import LEASE, Office
from tests.background.patrolled import MARIAS, Patrolled
from wizard.background.lookout import Lookout
from wizard.background.patrol import Patrol
from wizard.evidence import CantSee, SettingFact
from wizard.onboarding import drifted
from wizard.onboarding.looking import Looked
from wizard.onboarding.straying import AFTER_SENDING, Straying
from wizard.onboarding.vault import GrantVault
from wizard.practice.builtin import BuiltIn
from wizard.store import drifts
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic
from wizard.store.people import Person

DAY = timedelta(days=1)


def renames(clinic: Patrolled) -> None:
    clinic.world.renames_calendar(MARIAS, "PIMSY Calendar", "Old calendar")


def another_clinic(clinic: Patrolled, zone: str) -> int:
    with clinic.app.app_context():
        other = Clinic(name="Cedar Clinic", zone_name=zone, practice="builtin", created_at=clinic.world.now())
        db.session.add(other)
        db.session.commit()
        return other.id


def test_a_clinic_whose_rows_are_refused_keeps_no_other_from_being_told(
    clinic: Patrolled, caplog: pytest.LogCaptureFixture
) -> None:
    other = another_clinic(clinic, "Nowhere/Atall")
    with clinic.app.app_context(), of_clinic(other):
        drifts.begin("GOOGLE-BUSY", None, clinic.world.now())
        refuses = f"WHEN NEW.clinic_id = {other} BEGIN SELECT RAISE(ABORT, 'no'); END"
        db.session.execute(text(f"CREATE TRIGGER refuses BEFORE UPDATE ON drifts {refuses}"))
        db.session.commit()
    renames(clinic)

    clinic.walks(DAY)

    assert MARIAS in [to for to, _, _ in clinic.letters()]
    assert f"what was found in clinic {other} is not told yet" in caplog.text


def test_a_look_that_cannot_be_written_keeps_no_other_of_its_batch(clinic: Patrolled) -> None:
    looks, begun = clinic.looks(), clinic.world.now()
    refuses = (
        f"WHEN NEW.id = {looks['integration'].id} AND NEW.leased_until IS NULL BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    with clinic.app.app_context():
        db.session.execute(text(f"CREATE TRIGGER refuses BEFORE UPDATE ON looks {refuses}"))
        db.session.commit()

    clinic.walks(DAY)

    after = {kind: look.looked_at for kind, look in clinic.looks().items()}
    assert after["checker"] is not None
    assert after["checker"] > begun
    assert after["integration"] == looks["integration"].looked_at


def test_who_writes_waits_for_no_judgement(clinic: Patrolled) -> None:
    """Whoever reads a large clinic takes seconds; SQLite lets one writer in at a time, of whichever clinic."""
    renames(clinic)
    file = str(clinic.app.extensions["wizard"].settings.database_url).removeprefix("sqlite:///")

    class Meanwhile(BuiltIn):
        """Somebody writes while what it knows is read."""

        def setting(self) -> SettingFact | CantSee:
            with sqlite3.connect(file, timeout=0, isolation_level=None) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
            return super().setting()

    services = clinic.services
    office = drifted.Office(services.settings, {"builtin": Meanwhile()}, services.cipher)
    vault = GrantVault(services.cipher, services.clock)
    patrol = Patrol(clinic.app, services.google, vault, office, services.clock, wake_postman=lambda: None)
    clinic.world.clock.advance(DAY.total_seconds())
    patrol.run_once()

    assert MARIAS in [to for to, _, _ in clinic.letters()]


def test_a_lookout_that_is_to_end_finishes_the_look_in_hand_and_begins_no_other(office: Office) -> None:
    """After a day of standing still everybody is due at once, and each look may take as long as Google does."""
    office.accepts()
    gathers(office, accounts=3, each=1)
    office.delivers()
    office.waits(AFTER_SENDING.total_seconds())

    class Ended(Straying):
        """Somebody asks the wizard to end during the first look."""

        def look(self, person: Person, pace: timedelta = AFTER_SENDING) -> Looked:
            lookout.stop()
            return super().look(person, pace)

    room = threading.BoundedSemaphore()
    straying = Ended(office.services.google, office.clock, room, LEASE.total_seconds())
    lookout = Lookout(office.app, straying, office.clock)

    assert lookout.run_once() == 1
