"""An installation in service, as `serve` starts it: nobody is signed in who did not sign in.

Its clinic has its own PIMSY and the people of the sample clinic; Dana Hill is its administrator.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from e2e.launcher import TODAY
from wizard import passwords, tryout
from wizard.app import create_app
from wizard.config import Settings
from wizard.practice.builtin import BuiltIn, furnish
from wizard.practice.builtin.sample import PEOPLE
from wizard.store import administrators, clinics, links, people, schema, sessions
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose
from wizard.views import cookies

NAME = "Cedar Clinic"
DANA = "dana@cedar.example"
PASSWORD = "nine small brown birds"


def in_service(settings: Settings) -> Settings:
    """The same wizard without the try-out: its open door and its scenarios are gone."""
    return replace(settings, is_tryout=False, scenarios=None)


def empty_database(folder: Path) -> Path:
    """A migrated database of a wizard that nobody has set up."""
    app = create_app(in_service(tryout.settings_for(folder, 5000, "http://localhost:1")), lambda: TODAY)
    schema.bring_up_to_date(app)
    with app.app_context():
        schema.close()
    return folder / "wizard.sqlite"


def open_clinic(
    app: Flask, now: datetime, everyone: Sequence[tuple[str, str]] = PEOPLE, practice: str = "by hand"
) -> int:
    """Cedar Clinic with these people (name, Google account) and Dana, who signs in with PASSWORD; its id.

    With `practice` "builtin" the Stand-in holds a folder and a test client for each.
    """
    with app.app_context():
        clinic = clinics.Clinic(name=NAME, zone_name="America/New_York", practice=practice, created_at=now)
        db.session.add(clinic)
        db.session.flush()
        with of_clinic(clinic.id):
            administrators.add("Dana Hill", DANA, _digest(PASSWORD))
            entered = [people.Person(name=name, google_account=account) for name, account in everyone]
            db.session.add_all(entered)
            db.session.flush()
            if practice == BuiltIn.name:
                furnish(entered, now)
            db.session.commit()
        clinic_id = clinic.id
        schema.close()
    return clinic_id


@cache
def _digest(password: str) -> str:
    """It is slow on purpose, and every clinic of the tests begins with one."""
    return passwords.digest_of(password)


def first_run_path(app: Flask) -> str:
    """The address that `serve` would print."""
    with app.app_context():
        token = links.make(LinkPurpose.FIRST_RUN, app.extensions["wizard"].clock())
        db.session.commit()
    return f"/first-run/{token}"


def signed_in(app: Flask, email: str = DANA) -> tuple[str, str]:
    """A new sign-in of this administrator without a browser: name and value of the cookie that carries it."""
    with app.app_context():
        who = administrators.of_email(email)
        assert who is not None
        name = sessions.begin(who.clinic_id, who.id, app.extensions["wizard"].clock())
        db.session.commit()
    interface = cast("SecureCookieSessionInterface", app.session_interface)
    serializer = interface.get_signing_serializer(app)
    assert serializer is not None
    return str(app.config["SESSION_COOKIE_NAME"]), str(serializer.dumps({"signed_in": name}))


def computer(app: Flask, workstation_id: int) -> str:
    """The value of the cookie by which a browser is this computer."""
    with app.test_request_context():
        answer = app.make_response("")
        cookies.write(answer, app.extensions["wizard"].settings, cookies.Browser("a-browser", workstation_id))
    return str(answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0])
