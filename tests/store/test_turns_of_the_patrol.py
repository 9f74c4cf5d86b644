"""On PostgreSQL the patrol writes for many clinics, and keeps no clinic's turn while it waits for another's."""

import threading
from datetime import UTC, datetime

import psycopg
import pytest
from flask import Flask

from tests.databases import CHOICES, conninfo
from tests.store.test_line import WAITING
from wizard.config import Settings
from wizard.evidence import PinnedNow
from wizard.onboarding import seen_as
from wizard.onboarding.looks import Answered
from wizard.onboarding.patrolling import Brought
from wizard.store import clinics, grants, patrols, people, sightings, workstations
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic

pytestmark = pytest.mark.parametrize("database", CHOICES["postgres"], indirect=True)

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def listed(clinic_id: int) -> None:
    """Somebody whose calendar is due to be looked at."""
    with of_clinic(clinic_id):
        who, desk = people.add("Joe Hale", ""), workstations.add("Front desk 7", NOW)
        db.session.flush()
        grant = grants.add(who.id, desk.id, "checker", f"sub-{clinic_id}", NOW)
        grant.refresh_token = grant.access_token = "encrypted"
        db.session.flush()
        patrols.add("checker", [(grant, NOW)])
        db.session.commit()


def test_who_writes_for_one_clinic_waits_for_no_other_s_writer(app: Flask, settings: Settings) -> None:
    patrol = app.extensions["wizard"].patrol
    with app.app_context():
        first = clinics.first()
        assert first is not None
        other = Clinic(name="Elm Clinic", zone_name="America/Chicago", practice="builtin", created_at=NOW)
        db.session.add(other)
        db.session.commit()
        for clinic_id in (first.id, other.id):
            listed(clinic_id)
        value = seen_as.store_pinned(PinnedNow("calendar", is_gone=True))
        brought = [Brought(errand, NOW, Answered(value, "etag")) for errand in patrol._due(64)]
    assert [one.errand.clinic_id for one in brought] == [first.id, other.id]

    def writes() -> None:
        with app.app_context():
            patrol._write(brought)

    with app.app_context(), of_clinic(other.id):
        clinics.present().grid_minutes = 11
        db.session.flush()
        writing = threading.Thread(target=writes)
        writing.start()
        with psycopg.connect(conninfo(settings.database_url), autocommit=True) as watching:
            while watching.execute(WAITING).fetchone() != (1,):
                pass
            held = watching.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = %s", (first.id,)
            ).fetchone()
        db.session.commit()
        writing.join()

    assert held == (0,)
    for clinic_id in (first.id, other.id):
        with app.app_context(), of_clinic(clinic_id):
            assert [sighting.value["gone"] for sighting in sightings.of_name("pinned").values()] == [True]
