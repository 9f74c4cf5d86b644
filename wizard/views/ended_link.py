"""A personal link that has ended: the same words on its own page, for a page that was asked for, and in a part of one."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, make_response, render_template, session

from wizard.invitations import first_name
from wizard.store import clinics, people, personal_links, sessions
from wizard.store.clinics import Clinic
from wizard.store.database import db, of_clinic
from wizard.store.people import Person
from wizard.store.personal_links import PersonalLink
from wizard.views.htmx import htmx
from wizard.views.present import now


@dataclass(frozen=True, slots=True)
class Held:
    """A link in somebody's hand: whose it is, and of which clinic."""

    link: PersonalLink
    person: Person
    clinic: Clinic

    @property
    def by(self) -> str:
        """The first name of the administrator who made it."""
        return first_name(self.link.made_by) or "an administrator"

    @property
    def is_good(self) -> bool:
        """Whether it opens a browser now."""
        return self.link.is_good(now()) and self.may_ask

    @property
    def may_ask(self) -> bool:
        """Whether asking for a new one can bring one."""
        return self.person.left_at is None and self.clinic.ended_at is None


def held_by(token: str) -> Held | None:
    """The link of that token, good or not; None where nobody made it."""
    return _held(personal_links.of_token(token))


def held_here() -> Held | None:
    """The link that opened this browser, though its session may have ended; None where none did or nobody knows it."""
    found = sessions.named(session.get("signed_in", "")) if "by_link" in session else None
    if found is None or found.personal_link_id is None:
        return None
    return _held(personal_links.find_anywhere(found.personal_link_id))


def _held(link: PersonalLink | None) -> Held | None:
    if link is None:
        return None
    with of_clinic(link.clinic_id):
        person = people.find(link.person_id)
        return None if person is None else Held(link, person, clinics.present())


def page(held: Held | None, status: HTTPStatus, token: str = "") -> Response:
    """What to do now, as a page or, where a part asked, as a part that asks no more.

    Without a token the link is the one that opened this browser.
    """
    template = "parts/_ended_link.html" if htmx else "ended_link.html"
    if held is None:
        body = render_template(template, held=None, asked_at=None, token=token)
        db.session.rollback()
        return make_response(body, status)
    with of_clinic(held.clinic.id):
        asked = personal_links.unanswered(personal_links.of_people([held.person.id]))
        body = render_template(
            template,
            held=held,
            asked_at=asked.asked_at if asked else None,
            token=token,
            practice_is_standin=held.clinic.practice == "builtin",
            telephones=(held.clinic.pimsy_phone, held.clinic.wizard_phone),
        )
        db.session.rollback()
    return make_response(body, status)


def instead_of_a_sign_in() -> Response:
    """401 in a browser that a personal link opened: a person has no password to sign in with."""
    db.session.rollback()
    return page(held_here(), HTTPStatus.UNAUTHORIZED)
