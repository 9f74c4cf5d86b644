"""Every route × every role × whose it is: own, another person's, another clinic's, nobody's. A new route has to be classified.

What is right stands here a second time, beside `wizard/access.py`: a door that is opened there by mistake is red here.
"""

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session as OrmSession
from werkzeug.routing import Rule

from e2e import own
from e2e.fake_google import FakeGoogle, World
from e2e.launcher import TODAY
from tests.test_access import UNSAFE, VALUES, rules
from tests.walking import JOE, MARIA, Desk
from wizard.access import Role
from wizard.app import create_app
from wizard.config import Settings
from wizard.practice.builtin import sample
from wizard.store import appointments, people, personal_links, sessions, support_looks, workstations
from wizard.store.browsers import Browser
from wizard.store.database import db, of_clinic
from wizard.store.log import LogEntry
from wizard.views import cookies
from wizard.views.present import Services

OPEN, SIGN_IN, NOT_YOURS, NO_SUCH_PAGE, TO_THE_DIGITS = "open", 401, 403, 404, "to the digits"

CLASSES: Final[dict[str, frozenset[str]]] = {
    name: frozenset(
        f"{blueprint}.{route}" if route else blueprint
        for blueprint, routes in blueprints.items()
        for route in routes.split() or [""]
    )
    for name, blueprints in tomllib.loads(Path(__file__).with_name("who_may_what.toml").read_text()).items()
}

WHOSE = ("own", "another person's", "another clinic's", "nobody's")
NOBODY = 9_999


@dataclass(frozen=True, slots=True)
class House:
    """A wizard in service with two clinics of the same kind, where Maria and Joe of each are on their way."""

    app: Flask
    database: Path
    filled: Path
    clinics: tuple[int, int]
    ids: dict[str, dict[str, int]]  # whose -> name of an address's part -> its value

    def refill(self) -> None:
        """As it was before anybody asked."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            self.database.with_name(self.database.name + suffix).unlink(missing_ok=True)
        shutil.copy(self.filled, self.database)


@pytest.fixture
def house(app: Flask, settings: Settings, google: FakeGoogle, world: World, tmp_path: Path) -> Iterator[House]:
    first, second = Desk(app, google), Desk(app, google, "Elsewhere")
    first.creates_calendar(MARIA, "maria@clinic.example")
    first.prepares_practice(MARIA)
    first.books(MARIA)
    with app.app_context():
        there = sample.open_clinic(TODAY).id
        db.session.commit()
    apart = len(sample.PEOPLE)
    second.begins(MARIA + apart)
    with app.app_context():
        with of_clinic(there):
            desk = workstations.all_of_clinic()[0].id
        with of_clinic(1):
            booked = appointments.between(MARIA, TODAY, TODAY + timedelta(days=7))[0].id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    serving = create_app(replace(settings, is_tryout=False), world.now)
    serving.config["WTF_CSRF_ENABLED"] = False  # or it refuses before anybody asks who is here
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    filled = tmp_path / "filled.sqlite"
    shutil.copy(database, filled)
    ids = {
        "own": {"person_id": MARIA, "appointment_id": booked, "workstation_id": 1},
        "another person's": {"person_id": JOE, "appointment_id": booked, "workstation_id": 1},
        "another clinic's": {"person_id": MARIA + apart, "appointment_id": booked, "workstation_id": desk},
        "nobody's": {"person_id": NOBODY, "appointment_id": NOBODY, "workstation_id": NOBODY},
    }
    yield House(serving, database, filled, (1, there), ids)
    with serving.app_context():
        db.session.remove()
        db.engine.dispose()


def visitor(house: House, role: Role) -> FlaskClient:
    """A browser at Front desk 1 in which somebody of that role is signed in, anew."""
    app, now = house.app, house.app.extensions["wizard"].clock()
    marks: dict[str, object] = {}
    with app.app_context(), of_clinic(house.clinics[0]):
        if role is Role.ADMINISTRATOR:
            marks["signed_in"] = sessions.begin(house.clinics[0], 1, now)
        if role is Role.PERSON:
            link, _ = personal_links.make(MARIA, "Dana Hill", now)
            marks |= {"signed_in": sessions.begin_personal(house.clinics[0], link.id, now), "by_link": True}
        if role is Role.SUPPORT:
            services: Services = app.extensions["wizard"]
            look = support_looks.allow(services.cipher, "Dana Hill", now)
            marks["support"] = sessions.begin_support(house.clinics[0], look.id, now)
        db.session.commit()
    client = app.test_client()
    sealed = cast("SecureCookieSessionInterface", app.session_interface).get_signing_serializer(app)
    assert sealed is not None
    client.set_cookie(str(app.config["SESSION_COOKIE_NAME"]), str(sealed.dumps(marks)))
    here = own.computer(app, 1)
    client.set_cookie(cookies.name_of(app.extensions["wizard"].settings, "workstation"), here)
    return client


def right_answer(endpoint: str, role: Role, whose: str, *, names_somebody: bool) -> object:
    """What a route of that class answers to somebody in that role."""
    if endpoint in CLASSES["anybody"]:
        return OPEN
    is_elsewhere = names_somebody and whose in {"another clinic's", "nobody's"}
    if endpoint in CLASSES["support"]:
        if role is not Role.SUPPORT:
            return TO_THE_DIGITS
        return NO_SUCH_PAGE if is_elsewhere else OPEN
    if role in {Role.NOBODY, Role.SUPPORT}:
        return SIGN_IN
    if role is Role.PERSON and endpoint in CLASSES["an_administrator"]:
        return NOT_YOURS
    is_not_hers = role is Role.PERSON and names_somebody and whose != "own"
    return NO_SUCH_PAGE if is_elsewhere or is_not_hers else OPEN


def requests_of(house: House, whose: str) -> Iterator[tuple[Rule, str, str, bool]]:
    """Every route with every method it takes, and its address; whether that names somebody."""
    ids = house.ids[whose]
    for rule in rules(house.app):
        names = bool({"person_id", "workstation_id"} & rule.arguments)
        if whose != "own" and not names:
            continue  # it is the same address
        with house.app.test_request_context():
            values: dict[str, Any] = {name: ids.get(name, VALUES.get(name)) for name in rule.arguments}
            address = house.app.url_for(rule.endpoint, **values)
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            yield rule, method, address, names


def test_every_route_is_classified_once(app: Flask) -> None:
    classified = [endpoint for group in CLASSES.values() for endpoint in group]

    assert sorted(classified) == sorted({rule.endpoint for rule in rules(app)})


@pytest.mark.parametrize("role", list(Role))
def test_everybody_gets_what_is_right_and_no_more(house: House, role: Role) -> None:
    """S2: of what is refused nothing is changed, whoever asks and however."""
    wrong, asked = {}, 0
    for whose in WHOSE:
        for rule, method, address, names in list(requests_of(house, whose)):
            right = right_answer(rule.endpoint, role, whose, names_somebody=names)
            client = visitor(house, role)
            written: list[str] = []
            with listening(written):
                answer = client.open(address, method=method, buffered=True)
            asked += 1
            got = _told(answer.status_code, answer.location or "")
            if got != right if right != OPEN else got in {SIGN_IN, NOT_YOURS, TO_THE_DIGITS}:
                wrong[rule.endpoint, method, whose] = (got, right)
            if right in {SIGN_IN, NOT_YOURS, NO_SUCH_PAGE} and written:
                wrong[rule.endpoint, method, whose] = ("it wrote", tuple(written))
            if method in UNSAFE and right == OPEN:
                house.refill()

    assert wrong == {}
    assert asked > 150


def _told(status: int, location: str) -> object:
    return TO_THE_DIGITS if status == 303 and location.startswith("/support?") else status


class listening:  # noqa: N801 - reads as a word of the test
    """Every table that rows are written to meanwhile, but for what says who came: the sign-in's activity, the turn of the
    browser's cookie, and the log's line about a refusal.
    """

    def __init__(self, heard: list[str]) -> None:
        self._heard = heard

    def __enter__(self) -> None:
        event.listen(OrmSession, "before_flush", self._hear)

    def __exit__(self, *_: object) -> None:
        event.remove(OrmSession, "before_flush", self._hear)

    def _hear(self, session: OrmSession, *_: object) -> None:
        rows = [*session.new, *session.deleted, *(row for row in session.dirty if session.is_modified(row))]
        self._heard.extend(
            type(row).__name__ for row in rows if not isinstance(row, sessions.Session | Browser | LogEntry)
        )


def test_a_person_who_left_is_let_in_no_more(house: House) -> None:
    client = visitor(house, Role.PERSON)
    before = client.get(f"/setup/{MARIA}").status_code
    with house.app.app_context(), of_clinic(house.clinics[0]):
        who = people.find(MARIA)
        assert who is not None
        who.left_at = TODAY
        db.session.commit()

    assert (before, client.get(f"/setup/{MARIA}").status_code) == (200, 401)
