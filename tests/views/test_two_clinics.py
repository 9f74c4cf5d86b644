"""Two clinics of one installation: whoever is signed in at one finds nothing of the other, at whichever address."""

import pytest
from flask import Flask
from sqlalchemy import text

from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.own_pimsy import OwnDesk, opens_clinic
from tests.test_access import VALUES
from tests.walking import MARIA, Desk
from wizard.practice.builtin import sample
from wizard.store.database import db
from wizard.store.support_looks import SupportLook
from wizard.views.present import Services

NAMED = {"person_id", "workstation_id"}
"""Whose address it is: a person's, or a computer's."""


@pytest.fixture
def proven(app: Flask, google: FakeGoogle) -> Desk:
    """Maria of the first clinic is proven; nobody of the second one has begun."""
    desk = Desk(app, google)
    desk.proves()
    return desk


@pytest.mark.parametrize("kind", ["builtin", "by hand"])
def test_every_address_of_somebody_or_something_elsewhere_is_404_and_changes_nothing(
    app: Flask, google: FakeGoogle, proven: Desk, kind: str
) -> None:
    assert proven.app is app
    with app.app_context():
        clinic = sample.open_clinic(TODAY, kind)
        db.session.commit()
        there = clinic.id
    desk = Desk(app, google, "Elsewhere")
    desk.begins(MARIA + len(sample.PEOPLE))
    app.config["WTF_CSRF_ENABLED"] = False
    before = rows_of_the_first(app)
    addresses = set()
    for rule in app.url_map.iter_rules():
        if NAMED & rule.arguments and not rule.endpoint.startswith("support."):
            slugs = ("create-calendar", "accept") if "slug" in rule.arguments else ("",)
            with app.test_request_context():
                for slug in slugs:
                    values = {**VALUES, "slug": slug}
                    address = app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})
                    addresses |= {(method, address) for method in (rule.methods or set()) - {"OPTIONS"}}

    answers = {
        (method, address): desk.client.open(address, method=method, data={"answer": "continue", "shows": "none"})
        for method, address in addresses
    }

    assert there > 1
    assert len(answers) > 50
    assert {key: answer.status_code for key, answer in answers.items() if answer.status_code != 404} == {}
    assert not any("Maria" in answer.text for answer in answers.values())
    assert rows_of_the_first(app) == before


def test_the_log_is_not_narrowed_to_anybody_of_another_clinic(app: Flask, google: FakeGoogle, proven: Desk) -> None:
    assert proven.app is app
    opens_clinic(app)
    desk = OwnDesk(app, google, "Elsewhere")

    for name in ("person", "computer"):
        assert desk.client.get(f"/log?{name}=1").status_code == 404
        assert desk.post("/log/export", **{name: "1"}).status_code == 404
    assert "Maria" not in desk.client.get("/log").text.partition("<tbody")[2]


def test_what_one_clinic_proved_proves_nothing_at_another(app: Flask, google: FakeGoogle, proven: Desk) -> None:
    assert proven.app is app
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google, "Elsewhere")
    begun = desk.begins(maria)

    assert begun.location == f"/setup/{maria}/create-calendar", "the round of this clinic waits for nobody"
    assert "proved by the appointment" not in desk.sees(maria, "enable-setting")
    assert "Verified" not in desk.client.get("/overview").text.partition("<main")[2]


def test_the_digits_of_one_clinic_open_no_other(
    app: Flask, google: FakeGoogle, proven: Desk, services: Services
) -> None:
    proven.post("/support/allow")
    with app.app_context():
        digits = services.cipher.decrypt(db.session.execute(text("SELECT digits FROM support_looks")).scalar_one())
        db.session.commit()
    opens_clinic(app)
    caller = Desk(app, google)
    assert caller.post("/support", digits=digits).location == "/support/clinic"

    assert caller.client.get(f"/support/clinic/{MARIA}/1").status_code == 200
    assert caller.client.get(f"/support/clinic/{MARIA + len(sample.PEOPLE)}/1").status_code == 404
    caller.post("/support/stop")
    assert caller.client.get("/support/clinic").status_code == 200, "another clinic's administrator ends nothing of it"


def rows_of_the_first(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything of the first clinic but its sign-ins."""
    with app.app_context():
        tables = [table.name for table in db.metadata.sorted_tables if "clinic_id" in table.columns]
        found = {
            table: [tuple(row) for row in db.session.execute(text(f"SELECT * FROM {table} WHERE clinic_id = 1"))]
            for table in tables
            if table not in {"sessions", SupportLook.__tablename__}
        }
        db.session.commit()
    return found
