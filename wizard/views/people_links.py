"""Links for people: who has one and who has begun, one more of them on screen and on paper, taking them back, and letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard.invitations import Invitation
from wizard.store import clinics, mails, people, personal_links, workstations
from wizard.store.database import db
from wizard.store.mails import Mail, MailKind
from wizard.store.people import Person
from wizard.store.personal_links import PersonalLink
from wizard.views import mailing, qr
from wizard.views.htmx import is_partial
from wizard.views.mailing import Round
from wizard.views.matrix import needed_places
from wizard.views.noting import note
from wizard.views.present import acting, clinic, now, person, services
from wizard.views.standin import number_of
from wizard.views.travelling import known

bp = Blueprint("people_links", __name__, url_prefix="/people/links")

NO_MAIL = "This wizard sends no mail. Print the cards, or make a link and hand it over"


class Standing(Enum):
    """Where a person's links stand; the value is said on the page."""

    NONE = "No link yet"
    MADE = "Not opened yet"
    OPENED = "Has begun"
    ENDED = "Ended"


@dataclass(frozen=True, slots=True)
class Line:
    """One person: her newest link, whether it was ever opened, and what is left for her."""

    who: Person
    standing: Standing
    link: PersonalLink | None
    opened_at: datetime | None
    asked_at: datetime | None
    is_left: bool  # steps are left at a computer that needs her
    has_good_link: bool
    letter_waits: bool


@bp.get("")
def show() -> Response:
    """Everybody's link; the letters' progress alone where htmx asks again."""
    if is_partial():
        under_way = mailing.latest(mails.of_clinic())
        return make_response(render_template("parts/_letters.html", round=under_way, names=_names()))
    return make_response(_page([]))


@bp.post("/<int:person_id>")
def make(person_id: int) -> Response:
    """One more link, shown in this answer alone. Earlier ones stay good."""
    who = person(person_id)
    invitation = _made(who)
    db.session.commit()
    return make_response(render_template("new_link.html", cards=[(invitation, qr.svg(invitation.address))], who=who))


@bp.post("/cards")
def cards() -> Response:
    """A card of paper for everybody who has steps left, each with a new link."""
    made = [_made(line.who) for line in _lines(people.everyone(), ()) if line.is_left]
    db.session.commit()
    if not made:
        return make_response(redirect(url_for("people_links.show"), 303))
    pictured = [(invitation, qr.svg(invitation.address)) for invitation in made]
    return make_response(render_template("new_link.html", cards=pictured, who=None))


@bp.post("/mail")
def mail() -> Response:
    """A letter with a new link to everybody who has steps left and an address: all of them in one transaction.

    The form carries the newest letter its page knew of, so that a second press of it writes none.
    """
    if not mailing.is_there_mail():
        return make_response(_page([("mail", NO_MAIL)]), 422)
    clinics.take_turn()
    letters = mails.of_clinic()
    if number_of(request.form.get("after", "")) == (letters[0].id if letters else 0):
        at = now()
        written = [line.who for line in _lines(people.everyone(), letters) if _is_written_to(line)]
        for who in written:
            mailing.invite(who, _made(who), at)
        if written:
            note("links mailed", detail=f"{len(written)} letters")
        db.session.commit()
        services().postman.wake()
    return make_response(redirect(f"{url_for('people_links.show')}#letters", 303))


@bp.get("/<int:person_id>/end")
def confirm_end(person_id: int) -> Response:
    """What ends, before it does."""
    who = person(person_id)
    (line,) = _lines([who], mails.of_clinic())
    return make_response(render_template("end_links.html", who=who, line=line))


@bp.post("/<int:person_id>/end")
def end(person_id: int) -> Response:
    """No link of hers opens anything any more, and no browser that one of them opened."""
    who = person(person_id)
    personal_links.end_all(who.id, now())
    note("personal links taken back", person_id=who.id)
    db.session.commit()
    return make_response(redirect(f"{url_for('people_links.show')}#person-{who.id}", 303))


def _made(who: Person) -> Invitation:
    link, token = personal_links.make(who.id, acting(), now())
    note("personal link made", person_id=who.id)
    return mailing.invitation(who, link, token)


def _is_written_to(line: Line) -> bool:
    return line.is_left and bool(mailing.address_of(line.who)) and not line.letter_waits


def _lines(everyone: Sequence[Person], letters: Sequence[Mail]) -> list[Line]:
    links: dict[int, list[PersonalLink]] = {}
    for link in personal_links.of_people([who.id for who in everyone]):
        links.setdefault(link.person_id, []).append(link)
    left = _who_has_steps_left(everyone)
    waiting = {
        letter.person_id for letter in letters if letter.kind == MailKind.PERSONAL_LINK.value and letter.is_waiting
    }
    return [
        _line(who, links.get(who.id, []), is_left=who.id in left, letter_waits=who.id in waiting) for who in everyone
    ]


def _line(who: Person, links: Sequence[PersonalLink], *, is_left: bool, letter_waits: bool) -> Line:
    good = [link for link in links if link.is_good(now())]
    asked = personal_links.unanswered(links)
    opened = min((link.opened_at for link in links if link.opened_at), default=None)
    standing = Standing.NONE
    if links:
        standing = Standing.ENDED if not good else Standing.OPENED if opened else Standing.MADE
    return Line(
        who=who,
        standing=standing,
        link=good[-1] if good else links[-1] if links else None,
        opened_at=opened,
        asked_at=asked.asked_at if asked else None,
        is_left=is_left,
        has_good_link=bool(good),
        letter_waits=letter_waits,
    )


def _who_has_steps_left(everyone: Sequence[Person]) -> set[int]:
    """At one of the computers that need her; everybody while no computer has a name."""
    desks = workstations.desks_of_clinic()
    if not desks:
        return {who.id for who in everyone}
    read, needed = known(everyone, desks), needed_places(everyone, desks)
    return {
        who.id
        for who in everyone
        for desk in desks
        if (who.id, desk.id) in needed and read.journey(who, desk).current is not None
    }


def _names() -> dict[int, str]:
    return {who.id: who.name for who in people.everyone()}


def _page(problems: list[tuple[str, str]]) -> str:
    here = (
        clinic()
    )  # held while the page is written: every time on it is of this clinic's zone, and asks for no row anew
    everyone, letters = people.everyone(), mails.of_clinic()
    lines = _lines(everyone, letters)
    under_way: Round = mailing.latest(letters)
    return render_template(
        "people_links.html",
        clinic=here.name,
        lines=lines,
        round=under_way,
        names={who.id: who.name for who in everyone},
        after=letters[0].id if letters else 0,
        written_to=[line for line in lines if _is_written_to(line)],
        without_address=[line for line in lines if line.is_left and not mailing.address_of(line.who)],
        left=sum(line.is_left for line in lines),
        is_there_mail=mailing.is_there_mail(),
        has_mailbox=services().settings.has_mailbox,
        problems=problems,
    )
