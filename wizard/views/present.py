"""What every view may ask about the request it answers: the present time, the services, who is here and at which computer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from flask import abort, current_app, g, request, url_for

from wizard import access
from wizard.background.watch import Watch
from wizard.clock import Clock
from wizard.config import Settings
from wizard.doctor import Doctor
from wizard.google import Google
from wizard.onboarding.connecting import Connecting
from wizard.onboarding.looking import Looking
from wizard.practice import Practice
from wizard.store import administrators, clinics, people, support_looks, workstations
from wizard.store.encryption import Cipher
from wizard.views.htmx import leave


class Background(Protocol):
    """What a view may say to the background: there is something to do."""

    def wake(self) -> None:
        """Look at once instead of at the next turn."""


@dataclass(frozen=True, slots=True)
class Services:
    """What app.py built and hands down."""

    settings: Settings
    clock: Clock
    cipher: Cipher
    google: Google
    looking: Looking
    connecting: Connecting
    practices: dict[str, Practice]
    background: Background
    doctor: Doctor
    watch: Watch


def services() -> Services:
    return cast("Services", current_app.extensions["wizard"])


def now() -> datetime:
    """The present, aware, in UTC, from the app's clock."""
    return services().clock()


def clinic() -> clinics.Clinic:
    return clinics.present()


def practice() -> Practice:
    """The practice system the present clinic chose."""
    return services().practices[clinic().practice]


def administrator() -> administrators.Administrator:
    """Who is signed in; access.py has refused the request where nobody is."""
    return cast("administrators.Administrator", g.administrator)


def own_person() -> people.Person | None:
    """Whose own set-up is all that is open here: by her link, or since the computer was handed to her."""
    return cast("people.Person | None", g.get("own_person"))


def handed_by() -> administrators.Administrator | None:
    """Who gave this computer to the person whose own set-up is open; None where nobody did."""
    return cast("administrators.Administrator | None", g.get("handed_by"))


def acting() -> str:
    """The name under which what is done now stands in the log: the person's own, or the administrator's."""
    own = own_person()
    return own.name if own is not None else administrator().name


def helper() -> str:
    """The first name of an administrator who does what a person may not."""
    first = administrators.first()
    return first.name.split(maxsplit=1)[0] if first and first.name.strip() else "an administrator"


def support_look() -> support_looks.SupportLook:
    """The look that lasts; access.py has refused the request where there is none."""
    return cast("support_looks.SupportLook", g.support_look)


def browser_id() -> str:
    """What binds a trip to Google to the browser and the sign-in it began in (RFC 9700, section 2.1)."""
    return f"{g.browser.id}/{g.sign_in}"


def workstation() -> workstations.Workstation | None:
    """The computer this browser was named, None before it was."""
    return cast("workstations.Workstation | None", g.get("workstation"))


def person(person_id: int) -> people.Person:
    """The person of the present clinic; anybody else's address is 404. One who left has one page, about what was."""
    found, own = people.find(person_id), own_person()
    if found is None or (own is not None and own.id != found.id):
        abort(404)
    if found.left_at is not None and request.endpoint not in access.OPEN_AFTER_LEAVING:
        abort(leave(url_for("people.one", person_id=found.id)))
    g.person = found
    return found
