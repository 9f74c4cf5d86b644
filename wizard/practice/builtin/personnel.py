"""User Personnel Folder of the Stand-in: whose Google account a person's appointments go to, and her clients."""

from dataclasses import dataclass
from datetime import datetime

from wizard.practice.builtin.settings import Problem
from wizard.store import clients, deliveries, folders, log, people
from wizard.store.database import db
from wizard.store.people import Person

PROFILES = ("Clinician", "Front Desk", "Billing", "Administrator")
TEST_CLIENT = "Test Client"


@dataclass(frozen=True, slots=True)
class Details:
    """What the User Details tab holds."""

    google_account: str
    is_suspended: bool
    profile: str
    email: str


def problems_of(details: Details) -> list[Problem]:
    """What has to change before these details can be saved."""
    found: list[Problem] = []
    if details.profile not in PROFILES:
        found.append(("profile", f"Choose a profile: {', '.join(PROFILES)}"))
    if not people.may_be_address(details.email):
        found.append(("email", "Type the e-mail as in maria@clinic.example, or leave it empty"))
    if not people.may_be_address(details.google_account):
        found.append(
            (
                "google_account",
                "Type the whole address of the Google account, as in maria@clinic.example, without spaces",
            )
        )
    return found


def save(person: Person, details: Details, *, at: datetime, who: str, workstation_id: int | None) -> None:
    """Save the folder, whether or not anything changed: it was looked at. The caller ends the transaction."""
    folder = folders.find(person.id)
    if folder is None:
        folder = folders.Folder(person_id=person.id)
        db.session.add(folder)
    folder.google_account, folder.is_suspended = details.google_account, details.is_suspended
    folder.profile, folder.email = details.profile, details.email
    folder.saved_at, folder.saved_by, folder.workstation_id = at, who, workstation_id
    log.add("personnel folder saved", at=at, who=who, person_id=person.id, workstation_id=workstation_id)
    deliveries.hasten(at, person.id)


def add_test_client(person: Person, *, at: datetime, who: str, workstation_id: int | None) -> None:
    """A person without a client cannot book; a second test client would be one too many."""
    if any(client.is_test for client in clients.of_people([person.id])):
        return
    clients.add(person.id, TEST_CLIENT, is_test=True)
    log.add("test client added", at=at, who=who, person_id=person.id, workstation_id=workstation_id)
