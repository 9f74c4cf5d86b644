"""A person with a browser of plain HTTP, and an app that sends her to Google."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import requests

CALLBACK = "http://127.0.0.1:5000/google/callback"
PREFIX = "https://www.googleapis.com/auth/"
VERIFIER = "a-verifier-of-forty-three-characters-or-more-1"


def challenge(verifier: str = VERIFIER) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def long_names(scopes: str) -> str:
    return " ".join(PREFIX + name if name.startswith("calendar") else name for name in scopes.split())


@dataclass
class App:
    """A web application that signs people in with Google."""

    base: str
    client_id: str
    secret: str
    scopes: str
    callback: str = CALLBACK

    def question(self, **changes: str | None) -> str:
        """The authorize address; None leaves a parameter out."""
        asked = {
            "client_id": self.client_id,
            "redirect_uri": self.callback,
            "response_type": "code",
            "scope": self.scopes,
            "state": "attempt-1",
            "nonce": "nonce-1",
            "access_type": "offline",
            "prompt": "select_account consent",
            "code_challenge": challenge(),
            "code_challenge_method": "S256",
        }
        given = {name: value for name, value in {**asked, **changes}.items() if value is not None}
        if "scope" in given:
            given["scope"] = long_names(given["scope"])
        return f"{self.base}/o/oauth2/v2/auth?{urlencode(given)}"

    def redeems(self, code: str | None, **changes: str | None) -> requests.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "client_id": self.client_id,
            "client_secret": self.secret,
            "code_verifier": VERIFIER,
        }
        return self.posts("/token", {**form, **changes})

    def refreshes(self, token: str, **changes: str | None) -> requests.Response:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": token,
            "client_id": self.client_id,
            "client_secret": self.secret,
        }
        return self.posts("/token", {**form, **changes})

    def revokes(self, token: str) -> requests.Response:
        return self.posts("/revoke", {"token": token})

    def posts(self, path: str, form: dict[str, str | None]) -> requests.Response:
        given = {name: value for name, value in form.items() if value is not None}
        return requests.post(self.base + path, data=given, timeout=5)


class Forms(HTMLParser):
    """What can be pressed, typed into and ticked on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.buttons: list[dict[str, str]] = []
        self.boxes: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.fields: dict[str, str] = {}
        self.heading = ""
        self.action = ""
        self.open: list[dict[str, str]] = []
        self.in_heading = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = given.get("action", "")
        if tag == "button":
            self.buttons.append(given | {"text": "", "action": self.action})
            self.open = self.buttons
        if tag == "a":
            self.links.append(given | {"text": ""})
            self.open = self.links
        if tag == "label":
            self.boxes.append({"text": ""})
            self.open = self.boxes
        if tag == "input":
            if given.get("type") == "checkbox":
                self.boxes[-1] |= given
            else:
                self.fields[given["name"]] = given.get("value", "")
        self.in_heading = tag == "h1" or (self.in_heading and tag != "p")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"button", "a", "label"}:
            self.open = []
        if tag == "h1":
            self.in_heading = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1]["text"] = re.sub(r"\s+", " ", self.open[-1]["text"] + data)
        if self.in_heading:
            self.heading += data


@dataclass
class Visitor:
    """Follows redirects on Google's pages and stops where the app is next."""

    base: str
    session: requests.Session = field(default_factory=requests.Session)
    answer: requests.Response = field(default_factory=requests.Response)

    def opens(self, address: str, **more: Any) -> "Visitor":
        self.go("GET", urljoin(self.base, address), **more)
        return self

    def go(self, verb: str, address: str, **more: Any) -> None:
        self.answer = self.session.request(verb, address, allow_redirects=False, timeout=5, **more)
        while self.answer.is_redirect and not self.came_back:
            address = urljoin(self.answer.url, self.answer.headers["Location"])
            self.answer = self.session.get(address, allow_redirects=False, timeout=5)

    @property
    def came_back(self) -> bool:
        """Whether the browser was sent to the app."""
        there = self.answer.headers.get("Location", "")
        return there.startswith("http") and not there.startswith(self.base)

    @property
    def brought(self) -> dict[str, str]:
        """What the app's callback got."""
        if not self.came_back:
            raise AssertionError(f"still on {self.answer.url}: {self.heading}")
        return {name: values[0] for name, values in parse_qs(urlsplit(self.answer.headers["Location"]).query).items()}

    @property
    def page(self) -> Forms:
        return Forms(self.answer.text)

    @property
    def heading(self) -> str:
        return " ".join(self.page.heading.split())

    @property
    def sees(self) -> str:
        return self.answer.text

    @property
    def buttons(self) -> list[str]:
        return [button["text"].strip() for button in self.page.buttons]

    @property
    def boxes(self) -> list[str]:
        return [box["text"].strip() for box in self.page.boxes if box.get("type") == "checkbox"]

    def follows(self, words: str) -> "Visitor":
        link = next(link for link in self.page.links if words in link["text"])
        return self.opens(urljoin(self.answer.url, link["href"]))

    def presses(self, words: str, ticks: tuple[str, ...] = (), **typed: str) -> "Visitor":
        page = self.page
        button = next(button for button in page.buttons if words in button["text"])
        form = [(name, typed.get(name, value)) for name, value in page.fields.items()]
        form += [
            (box["name"], box["value"])
            for box in page.boxes
            if box.get("type") == "checkbox" and any(tick in box["text"] for tick in ticks)
        ]
        if "name" in button:
            form.append((button["name"], button["value"]))
        self.go("POST", urljoin(self.answer.url, button["action"] or self.answer.url), data=form)
        return self

    def signs_in(self, email: str) -> "Visitor":
        """Without asking for anything, on Google's own calendar page."""
        self.opens("/signin/identifier?continue=/calendar/")
        return self.presses("Next", identifier=email)

    def consents(self, app: App, email: str, **changes: str | None) -> dict[str, str]:
        """All the pages with everything ticked; what came back."""
        self.opens(app.question(**changes))
        if "Choose an account" in self.heading:
            self.follows("Use another account")
        if self.heading == "Sign in":
            self.presses("Next", identifier=email)
        while not self.came_back:
            self.presses("Continue", ticks=("Select all",))
        return self.brought
