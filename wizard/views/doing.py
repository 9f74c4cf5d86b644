"""What a step's page offers to do: the addresses it leads to and, with the Stand-in, the form it includes."""

from dataclasses import dataclass
from typing import Any

from wizard import roads
from wizard.config import GooglePages
from wizard.evidence import NAME, Appointment, Evidence
from wizard.steps import accept, sign_out
from wizard.store.people import Person
from wizard.views import practice_calendar, practice_personnel, practice_settings
from wizard.views.present import an_administrator, clinic, helper, services

PAGE_IS_PAST = frozenset(
    {"ARRIVED", "ARRIVED-EARLIER", "EVT-LATE", "PAGE-NOT-NEEDED", "PAGE-NONE", "REVOKED-PIMSY"}
    | {"EVT-TIME", "EVT-ZONE", "EVT-CANCELLED", "EVT-WRONGCAL", "EVT-OTHERACC"}
)
"""By hand: what is said only after Google's page was accepted, or because there is none."""


@dataclass(frozen=True, slots=True)
class Doing:
    """What the middle of a step's page needs beside its verdict."""

    calendar_name: str
    account: str  # the e-mail appointments are to go to; empty while nobody knows it
    pages: GooglePages
    form: Any = None  # the Stand-in's own form, where the step includes one
    is_booked: bool = False  # the practice has something at the test time, whatever became of it
    asks_again: int = 0  # whole minutes since the sign-out, where step 5 asks for another look
    awaits_page: bool = True  # Google's page is still to be accepted, as far as anybody can tell
    is_portal: bool = False  # the clinic's own PIMSY is opened in a browser
    helper: str = ""  # the first name of an administrator who can do what this person may not
    is_helper_told: bool = False
    agreement: str = ""  # what the clinic says of Google's agreement for health data: "yes", "no" or "not known"


def of(slug: str, who: Person, evidence: Evidence) -> Doing:
    """What that step's page offers this person."""
    account = evidence.checker.account.email if evidence.checker else who.google_account
    form: Any = None
    is_booked, asks_again = False, 0
    administers = helper() == ""  # to a person the Stand-in shows its administration as little as PIMSY does
    if evidence.practice_is_readable and slug == "enable-setting" and administers:
        form = practice_settings.form_of("calendar")
    if evidence.practice_is_readable and slug == "personnel-folder" and administers:
        form = practice_personnel.form_of(who, suggestion=account)
    if slug == "test-appointment":
        age = sign_out.needs_asking_again(evidence)
        asks_again = int(age.total_seconds() // 60) if age else 0
        is_booked = isinstance(evidence.appointment, Appointment)
        if evidence.practice_is_readable and evidence.slot is not None and not (is_booked or evidence.slot_is_spent):
            form = practice_calendar.booking_form_of(who, evidence.slot)
    is_by_hand = not evidence.practice_is_readable
    return Doing(
        calendar_name=NAME,
        account=account,
        pages=services().settings.google_pages,
        form=form,
        is_booked=is_booked,
        asks_again=asks_again,
        awaits_page=not evidence.holds_authorization
        and not (is_by_hand and roads.check(accept.STEP, evidence).code in PAGE_IS_PAST),
        is_portal=evidence.is_portal,
        helper=helper() or an_administrator() if is_by_hand and slug in {"enable-setting", "personnel-folder"} else "",
        is_helper_told=evidence.answered("tell", slug) is not None,
        agreement=clinic().agreement,
    )
