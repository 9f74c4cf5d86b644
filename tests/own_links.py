"""A person's own link, without a browser: made by Dana, opened at a computer where nobody is signed in."""

import re
from datetime import datetime

from flask import Flask
from werkzeug.test import TestResponse

from tests.walking import MARIA, TOKEN, Desk
from wizard.store import clinics, personal_links
from wizard.store.database import db, of_clinic

ADDRESS = re.compile(r"/go/([a-z0-9-]+)")


def make(app: Flask, person: int = MARIA, clinic: int = 1, at: datetime | None = None) -> str:
    """A new link of Dana's for this person; its token."""
    with app.app_context(), of_clinic(clinic):
        _, token = personal_links.make(person, "Dana Hill", at or app.extensions["wizard"].clock())
        db.session.commit()
    return token


def links_of(app: Flask, person: int = MARIA, clinic: int = 1) -> list[personal_links.PersonalLink]:
    with app.app_context(), of_clinic(clinic):
        found = personal_links.of_people([person])
        db.session.commit()
    return found


def ends_clinic(app: Flask, at: datetime, clinic: int = 1) -> None:
    with app.app_context():
        found = next(one for one in clinics.every() if one.id == clinic)
        found.ended_at = at
        db.session.commit()


class OwnBrowser(Desk):
    """A browser of hers: all that opens it is her link."""

    def form_token(self, page: TestResponse) -> str:
        found = TOKEN.search(page.text)
        assert found is not None, page.text
        return found[1]

    def looks_at(self, token: str) -> TestResponse:
        return self.client.get(f"/go/{token}")

    def opens(self, token: str) -> TestResponse:
        """Begin, on the page of the link."""
        page = self.looks_at(token)
        return self.client.post(f"/go/{token}", data={"csrf_token": self.form_token(page)})

    def asks(self, page: TestResponse, token: str = "") -> TestResponse:
        """The button of a page that says that the link has ended."""
        data = {"csrf_token": self.form_token(page), **({"token": token} if token else {})}
        return self.client.post("/go/ask", data=data)

    def names_the_computer(self) -> TestResponse:
        return self.post("/", workstation=self.name)
