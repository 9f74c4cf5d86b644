"""A person at a computer, without a browser: the wizard by its test client, Google's pages by plain HTTP."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from e2e import own
from e2e.fake_google import FakeGoogle

MARIA, JOE, SAM, ANA = 1, 2, 3, 4
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Desk:
    """One computer: its browser has cookies of the wizard and of Google."""

    app: Flask
    google: FakeGoogle
    name: str = "Front desk 1"
    client: FlaskClient = field(init=False)
    at_google: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def signs_in(self) -> "Desk":
        """Dana Hill is signed in here; in the try-out she is from the start."""
        cookie, value = own.signed_in(self.app)
        self.client.set_cookie(cookie, value)
        return self

    def token(self) -> str:
        """The form token of this browser's sign-in."""
        found = TOKEN.search(self.client.get("/account").text)
        assert found is not None
        return found[1]

    def post(self, address: str, **fields: str) -> TestResponse:
        return self.client.post(address, data={"csrf_token": self.token(), **fields})

    def check(self, person: int, slug: str, **fields: str) -> TestResponse:
        """What the page asks by htmx."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Source": "form#check"}
        data = {"csrf_token": self.token(), **fields}
        return self.client.post(f"/setup/{person}/{slug}/check", data=data, headers=headers)

    def begins(self, person: int = MARIA) -> TestResponse:
        return self.post("/", person=str(person), workstation=self.name)

    def goes_to_google(self, person: int, purpose: str) -> str:
        """Follow the link out; the address Google is asked at."""
        answer = self.client.get(f"/google/connect/{person}/{purpose}")
        assert answer.status_code == 302, answer.text
        return answer.location

    def answer_of(self, address: str) -> str:
        """What Google sends this browser back with, without delivering it: a path of ours with its query."""
        while True:
            response = self.at_google.get(address, allow_redirects=False, timeout=5)
            assert response.status_code == 302, response.text
            address = urljoin(address, response.headers["Location"])
            parts = urlsplit(address)
            if parts.path == "/google/callback":
                return f"{parts.path}?{parts.query}"

    def comes_back(self, address: str) -> TestResponse:
        """From Google's address, through every further question, to a page of ours."""
        while True:
            answer = self.client.get(self.answer_of(address))
            if answer.status_code != 303 or answer.location.startswith("/"):
                return answer
            address = answer.location

    def trip(self, person: int, purpose: str, account: str = "") -> TestResponse:
        """To Google, accept there, and back."""
        address = self.goes_to_google(person, purpose)
        if purpose != "signed-out":
            self.google.accepts(account)
        return self.comes_back(address)

    def signs_out_of_google(self) -> None:
        self.at_google.get(f"{self.google_url}/Logout", timeout=5)

    @property
    def google_url(self) -> str:
        settings = self.app.extensions["wizard"].settings
        return str(settings.google_api_url).rstrip("/")

    def sees(self, person: int, slug: str) -> str:
        """The page of a step, as text."""
        answer = self.client.get(f"/setup/{person}/{slug}")
        assert answer.status_code == 200, (answer.status_code, answer.location)
        return answer.text

    # ── whole stretches, for tests whose subject comes later ──────────────────────────────────────────────────────

    def creates_calendar(self, person: int = MARIA, account: str = "maria@clinic.example") -> None:
        """Steps 1 and 2: connected, the calendar there and seen, signed out and seen."""
        self.begins(person)
        self.google.world.adds_calendar(account, "PIMSY Calendar")
        self.trip(person, "checker", account)
        self.signs_out(person)

    def signs_out(self, person: int = MARIA) -> None:
        self.signs_out_of_google()
        self.trip(person, "signed-out")

    def prepares_practice(self, person: int = MARIA, account: str = "maria@clinic.example") -> None:
        """Steps 3 and 4 with the Stand-in."""
        self.post("/practice/settings", **{"value-233": "True", "filter": "calendar"})
        self.post(f"/practice/personnel/{person}", google_account=account, profile="Clinician", email="")

    def books(self, person: int = MARIA) -> TestResponse:
        """Step 5 as its form is filled in."""
        page = self.sees(person, "test-appointment")
        fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
        form = {name: fields[name] for name in ("day", "time", "minutes", "code", "location") if name in fields}
        client = re.search(r'<option value="(\d+)"[^>]*selected', page)
        assert client is not None
        return self.post(f"/practice/calendar/{person}/appointments", client=client[1], back="step", **form)

    def accepts(self, person: int = MARIA, account: str = "maria@clinic.example") -> TestResponse:
        return self.trip(person, "integration", account)

    def turns_background(self) -> int:
        """What the dispatcher's thread would do now."""
        turned: int = self.app.extensions["wizard"].background.run_once()
        return turned

    def proves(self, person: int = MARIA, account: str = "maria@clinic.example") -> None:
        """All six steps, and the look at the title that the round waits for."""
        self.arrives(person, account)
        self.post(f"/setup/{person}/title/answer", shows="none")

    def arrives(self, person: int = MARIA, account: str = "maria@clinic.example") -> None:
        """All six steps, and nobody has looked at the title yet."""
        self.creates_calendar(person, account)
        self.prepares_practice(person, account)
        self.books(person)
        self.accepts(person, account)
        self.turns_background()
        self.check(person, "accept", now="1")
