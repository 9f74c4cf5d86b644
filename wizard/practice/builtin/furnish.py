"""What a Stand-in holds when it is opened: a grid of settings, a folder for everybody, clients that nobody could know."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from wizard.practice.builtin.personnel import TEST_CLIENT
from wizard.practice.builtin.settings import SYNC
from wizard.store import clients, folders, practice_settings
from wizard.store.database import db
from wizard.store.people import Person


class Row(NamedTuple):
    """A setting as it comes."""

    number: int
    name: str
    description: str
    default: str
    choices: str = ""


YES_NO = "True,False"

# -233, -287 and -295 are PIMSY's own; the others are invented, so that there is something to filter.
ROWS = (
    Row(-12, "Login – Minutes Until Locked", "A user who does nothing for so long signs in again.", "15"),
    Row(-40, "Scheduling Show Cancelled Appointments", "Cancelled ones stay in sight, struck through.", "True", YES_NO),
    Row(-58, "Scheduling First Hour Of The Day", "The hour at which the day's page begins.", "6 AM"),
    Row(-71, "Clients Show Photo", "A picture stands at the head of each client's page.", "False", YES_NO),
    Row(-96, "Reminders Send By E-mail", "Clients are reminded the day before.", "False", YES_NO),
    Row(-104, "Notes Lock After Signature", "A signed note can be read and not changed.", "True", YES_NO),
    Row(-118, "Documents Largest Upload", "In megabytes.", "20"),
    Row(-150, "Billing Round To Units Of", "In minutes.", "15"),
    Row(-171, "Printing Paper Size", "For every report.", "Letter", "Letter,Legal,A4"),
    Row(-201, "Dashboard Show Birthdays", "Whose day it is, on the first page.", "True", YES_NO),
    Row(
        SYNC,
        "Calendar – Allow Google Calendar Sync",
        "Appointments of users with a Google account in their folder are sent to Google.",
        "False",
        YES_NO,
    ),
    Row(
        -287,
        "CALENDAR Set Appointment Colors",
        "By what an appointment gets its color.",
        "By code",
        "By code,By status",
    ),
    Row(
        -295,
        "CALENDAR Color code User Scheduling Preferences",
        "Colors show when a user can be booked.",
        "True",
        YES_NO,
    ),
    Row(-310, "Waiting List Keep For", "In days.", "90"),
)

SAMPLE_CLIENTS = ("Sample Client A.", "Sample Client B.")


def furnish(people: Sequence[Person], at: datetime) -> None:
    """Give the clinic whose turn it is its settings, and each of these people a folder and clients.

    What is there already stays as it is. The caller ends the transaction.
    """
    there = {setting.number for setting in practice_settings.everything()}
    for row in ROWS:
        if row.number not in there:
            db.session.add(_setting(row, at))
    ids = [person.id for person in people]
    open_folders, have_clients = folders.of_people(ids), {client.person_id for client in clients.of_people(ids)}
    for person in people:
        if person.id not in open_folders:
            db.session.add(folders.Folder(person_id=person.id))
        if person.id not in have_clients:
            clients.add(person.id, TEST_CLIENT, is_test=True)
            for name in SAMPLE_CLIENTS:
                clients.add(person.id, name, is_test=False)
    db.session.flush()


def _setting(row: Row, at: datetime) -> practice_settings.PracticeSetting:
    return practice_settings.PracticeSetting(
        number=row.number,
        name=row.name,
        default_description=row.description,
        default_value=row.default,
        choices=row.choices,
        created_at=at,
        created_by="Stand-in",
    )
