"""The sample clinic of the try-out: four people, an administrator, and their Google accounts.

With the Stand-in they have folders and clients; with its own PIMSY, "by hand", there is nothing of PIMSY to be had here.
"""

from datetime import datetime

from wizard.practice.builtin.furnish import furnish
from wizard.store import administrators, clients, clinics, people
from wizard.store.database import db, of_clinic

PEOPLE = (
    ("Maria Lopez", "maria@clinic.example"),
    ("Joe Hale", "joe@clinic.example"),
    ("Sam Reed", ""),
    ("Ana Brook", "ana@clinic.example"),
)
ZONE = "America/New_York"
WORKS_ON = frozenset(range(5))
"""Monday to Friday."""

MORE_ACCOUNTS = (("sam@clinic.example", "clinic.example"), ("ana@clinic.example", "clinic.example"))
"""Accounts beside those of the fake Google's world "fresh", so that everybody of the sample clinic can be set up."""


def open_clinic(now: datetime, practice: str = "builtin") -> clinics.Clinic:
    """One more sample clinic, beside those that are there: nothing of them is touched. The caller ends the transaction."""
    clinic = clinics.Clinic(name="Maple Clinic", zone_name=ZONE, practice=practice, agreement="yes", created_at=now)
    db.session.add(clinic)
    db.session.flush()
    with of_clinic(clinic.id):
        db.session.add(administrators.Administrator(name="Dana Hill", email="dana@clinic.example"))
        everyone = [people.Person(name=name, google_account=account) for name, account in PEOPLE]
        db.session.add_all(everyone)
        db.session.flush()
        if practice == "builtin":
            furnish(everyone, now)
        db.session.flush()
    return clinic


def take_clients_of(name: str) -> None:
    """Nobody stands on the Clients tab of this person any more. The caller ends the transaction."""
    ids = [person.id for person in people.everyone() if person.name == name]
    for client in clients.of_people(ids):
        db.session.delete(client)
    db.session.flush()
