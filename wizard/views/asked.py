"""What people ask of an administrator: a step that she alone can do, a client to book with, a new link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from wizard import invitations
from wizard.journey import Journey
from wizard.steps import STEPS
from wizard.store import administrators, personal_links
from wizard.store.answers import Answer
from wizard.store.mails import MailKind
from wizard.store.people import Person
from wizard.views import mailing
from wizard.views.ended_link import Held
from wizard.views.present import clinic, now, services, workstation
from wizard.views.telling import BOOKING, NO_CLIENT

ADMINISTRATIVE = tuple(step.slug for step in STEPS if step.is_administrative)


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of "You are asked to do this"."""

    who: Person
    says: str
    does: str
    address: str


def wishes(
    everyone: Sequence[Person], journeys: Mapping[int, Journey], told: Sequence[Answer], links_asked: Sequence[int]
) -> list[Wish]:
    """What is asked and not done yet.

    `journeys` holds any one journey of each person, by her id: what an administrator does is the same at every desk.
    `told` are the clinic's standing answers of the kind "tell", `links_asked` the people who ask for a new link.
    """
    wanted = {(answer.person_id, answer.slug) for answer in told}
    found: list[Wish] = []
    for who in everyone:
        journey = journeys.get(who.id)
        if journey is not None:
            slugs = [slug for slug in (*ADMINISTRATIVE, BOOKING) if (who.id, slug) in wanted]
            found += [wish for slug in slugs if (wish := _wish(who, journey, slug))]
        if who.id in links_asked:
            address = f"{url_for('people_links.show')}#person-{who.id}"
            found.append(Wish(who, "asks for a new link", "Make a link", address))
    return found


def _wish(who: Person, journey: Journey, slug: str) -> Wish | None:
    stop = journey.stop(slug)
    if slug == BOOKING:
        address = url_for("practice_personnel.show", person_id=who.id, tab="clients")
        return Wish(who, "has no client to book with", "Add one", address) if stop.verdict.code == NO_CLIENT else None
    if stop.lets_pass:
        return None
    if clinic().practice != "builtin":
        address = url_for("step.show", person_id=who.id, slug=slug)
        return Wish(who, "has no Administration menu", stop.step.title, address)
    return Wish(who, f"waits for step {stop.step.number}", stop.step.title, _in_the_standin(who, slug))


def _in_the_standin(who: Person, slug: str) -> str:
    """The step's page, or the Stand-in's own screen where this computer has no name: it needs none for that."""
    if workstation() is not None:
        return url_for("step.show", person_id=who.id, slug=slug)
    if slug == "enable-setting":
        return url_for("practice_settings.show", filter="calendar")
    return url_for("practice_personnel.show", person_id=who.id, fill=1)


def tell(held: Held) -> None:
    """A letter to the administrator who made the link, where letters leave from here; else her pages alone say it."""
    if not mailing.is_there_mail():
        return
    everyone = administrators.everyone()
    reader = next((one for one in everyone if one.name == held.link.made_by), everyone[0] if everyone else None)
    if reader is None:
        return
    base = services().settings.public_url.rstrip("/")
    written = invitations.asks_for_another(held.person.name, held.clinic.name, f"{base}{url_for('people_links.show')}")
    mailing.post(MailKind.ASKED, held.person.id, reader.email, written, now())


def unanswered(everyone: Sequence[Person]) -> list[int]:
    """Who asks for a new link."""
    return list(personal_links.asking([who.id for who in everyone]))
