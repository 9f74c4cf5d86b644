"""A person without an account at a desk: by a link of her own, or since an administrator handed the computer to her."""

from typing import cast

from flask.sessions import SecureCookieSessionInterface

from tests.walking import Desk
from wizard.store import administrators, clinics, personal_links, sessions
from wizard.store.database import db, of_clinic


def by_link(desk: Desk, person_id: int) -> Desk:
    """Her link was opened in this browser."""
    with desk.app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        with of_clinic(clinic.id):
            now = desk.app.extensions["wizard"].clock()
            link, _ = personal_links.make(person_id, "Dana Hill", now)
            name = sessions.begin_personal(clinic.id, link.id, now)
        db.session.commit()
    return _with(desk, name)


def handed(desk: Desk, person_id: int) -> Desk:
    """Dana Hill is signed in here and gave the computer to her."""
    with desk.app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        with of_clinic(clinic.id):
            dana = administrators.first()
            assert dana is not None
            name = sessions.begin(clinic.id, dana.id, desk.app.extensions["wizard"].clock())
            row = sessions.named(name)
            assert row is not None
            row.handed_to = person_id
        db.session.commit()
    return _with(desk, name)


def _with(desk: Desk, name: str) -> Desk:
    interface = cast("SecureCookieSessionInterface", desk.app.session_interface)
    serializer = interface.get_signing_serializer(desk.app)
    assert serializer is not None
    cookie = str(desk.app.config["SESSION_COOKIE_NAME"])
    desk.client.set_cookie(cookie, str(serializer.dumps({"signed_in": name})))
    return desk
