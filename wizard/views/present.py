"""What every view may ask about the request it answers: the present time, the services, who is here and at which computer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from flask import abort, current_app, g, request, url_for

from wizard import access
from wizard.background.lookout import Lookout
from wizard.background.watch import Watch
from wizard.clock import Clock
from wizard.config import Settings
from wizard.doctor import Doctor
from wizard.google import Google
from wizard.invitations import first_name
from wizard.onboarding.connecting import Connecting
from wizard.onboarding.looking import Looking
from wizard.onboarding.straying import Straying
from wizard.practice import Practice
from wizard.store import administrators, clinics, people, personal_links, support_looks, workstations
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
    straying: Straying
    connecting: Connecting
    practices: dict[str, Practice]
    background: Background
    lookout: Lookout
    postman: Background
    patrol: Background
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


def everyone_here() -> list[people.Person]:
    """Whom a page may name and offer: all people of the clinic, and for a person herself alone."""
    own = own_person()
    return people.everyone() if own is None else [own]


def helper() -> str:
    """The first name of the administrator who does for a person what she may not; empty where an administrator is here."""
    if own_person() is None:
        return ""
    link, hander = cast("personal_links.PersonalLink | None", g.get("personal_link")), handed_by()
    name = link.made_by if link is not None else hander.name if hander is not None else ""
    return first_name(name) or an_administrator()


def an_administrator() -> str:
    """The first name of one who can do what somebody's PIMSY does not let her do."""
    first = administrators.first()
    return (first_name(first.name) if first is not None else "") or "an administrator"


def acting() -> str:
    """The name under which what is done now stands in the log: the person's own, or the administrator's."""
    own = own_person()
    return own.name if own is not None else administrator().name


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
