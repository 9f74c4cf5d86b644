"""A page costs a constant number of queries, however many people and computers a clinic has."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from e2e.fake_google import FakeGoogle
from tests.own_pimsy import OwnDesk, opens_clinic, writes
from tests.views.test_support import allow, type_in
from tests.walking import MARIA, Desk
from wizard.store import clinics, folders, people, workstations
from wizard.store.database import db, of_clinic


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database while the block lasts."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def grow(app: Flask) -> None:
    """Twenty more people, six more computers."""
    with app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        with of_clinic(clinic.id):
            for number in range(20):
                person = people.Person(name=f"Person {number}")
                db.session.add(person)
                db.session.flush()
                db.session.add(folders.Folder(person_id=person.id))
            for number in range(6):
                workstations.add(f"Desk {number}", clinic.created_at)
            db.session.commit()


@pytest.mark.parametrize("address", ["/", "/overview", "/setup/{}", "/setup/{}/personnel-folder", "/setup/{}/accept"])
def test_by_hand_a_page_costs_the_same_for_a_larger_clinic(app: Flask, google: FakeGoogle, address: str) -> None:
    desk, maria = OwnDesk(app, google), opens_clinic(app)["Maria Lopez"]
    desk.tells_everything(maria)
    writes(google)
    desk.looks(maria)
    address = address.format(maria)
    desk.client.get(address)
    with counted(app) as before:
        desk.client.get(address)
    grow(app)
    with counted(app) as after:
        answer = desk.client.get(address)

    assert answer.status_code == 200
    assert len(after) == len(before)
    assert len(before) < 35


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/overview",
        f"/setup/{MARIA}",
        f"/setup/{MARIA}/accept",
        f"/setup/{MARIA}/record",
        "/account",
        "/account/clinic",
        "/account/administrators",
        "/people/add",
        "/people",
        f"/people/{MARIA}",
        f"/people/{MARIA}/leave",
        "/computers",
        "/log",
        "/account/clinic/delete",
        f"/setup/{MARIA}/title",
        f"/setup/{MARIA}/fix",
        f"/setup/{MARIA}/accept/google-page",
    ],
)
def test_a_page_costs_the_same_for_a_larger_clinic(app: Flask, google: FakeGoogle, address: str) -> None:
    desk = Desk(app, google)
    desk.proves()
    desk.client.get(address)
    with counted(app) as before:
        desk.client.get(address)
    grow(app)
    with counted(app) as after:
        answer = desk.client.get(address)

    assert answer.status_code == 200
    assert len(after) == len(before)
    assert len(before) <= 30


def test_support_s_pages_cost_the_same_for_a_larger_clinic(app: Flask, google: FakeGoogle) -> None:
    desk, caller = Desk(app, google), app.test_client()
    desk.proves()
    type_in(caller, allow(desk))
    addresses = ("/support/clinic", f"/support/clinic/{MARIA}/1")
    with counted(app) as before:
        small = [caller.get(address).status_code for address in addresses]
    grow(app)
    with counted(app) as after:
        large = [caller.get(address).status_code for address in addresses]

    assert small == large == [200, 200]
    assert len(after) == len(before)
    assert len(before) < 80
