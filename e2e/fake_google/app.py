"""The Flask application: every room of this Google at one port, and what holds for all of them."""

from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from . import asker, misbehaviour, typed
from . import browser as browsers
from . import pages as drawn
from .api import CalendarApi
from .authorize import Blocked
from .calendar_page import CalendarPage
from .connections import Connections
from .consent import Consent
from .control import Control
from .faults import Fault
from .log import Call
from .misbehaviour import NoAnswer
from .people import Person
from .signin import SignIn
from .state import Keeper
from .tokens import Tokens
from .world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

POLICY: Final = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
CHANGING_GETS: Final = frozenset({"auth", "consent", "logout"})
APART: Final = ("/_world/", "/_static/")  # neither logged nor spoilt


class Room(Protocol):
    """Some of this Google's addresses."""

    def open(self, app: Flask) -> None: ...


class Pages(Flask):
    """One request at a time changes or reads the world."""

    world: World

    def dispatch_request(self) -> ResponseReturnValue:
        with self.world.lock:
            return super().dispatch_request()


class FakeGoogle:
    """A Google for tests and try-outs. A WSGI application; `server.running` puts it on a port.

    `strict_answers` holds every answer of the Calendar API against Google's schemas (needs jsonschema). `issuer` is
    that of the host asked unless given. `state` is a file the world is kept in.
    """

    def __init__(
        self, world: World | None = None, *, strict_answers: bool = False, issuer: str = "", state: Path | None = None
    ) -> None:
        self.world = world or World()
        self.world.issuer = issuer
        self.keeper = Keeper(state) if state else None
        if self.keeper:
            self.keeper.load(self.world)
        self.app = Pages(__package__, static_folder="static", static_url_path="/_static")
        self.app.world = self.world
        self.app.config["PROPAGATE_EXCEPTIONS"] = True  # the server has to see NoAnswer
        self.app.json.sort_keys = False  # type: ignore[attr-defined]
        self.app.jinja_env.trim_blocks = self.app.jinja_env.lstrip_blocks = True
        w = self.world
        rooms: tuple[Room, ...] = (
            SignIn(w),
            Consent(w),
            Connections(w),
            CalendarPage(w),
            Tokens(w),
            CalendarApi(w, strict_answers),
            Control(w),
        )
        for room in rooms:
            room.open(self.app)
        self.app.before_request(self.begin)
        self.app.after_request(self.end)
        self.app.register_error_handler(Blocked, drawn.blocked)
        self.app.register_error_handler(browsers.Disabled, drawn.disabled)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> object:
        return self.app.wsgi_app(environ, start_response)

    # What a test says

    def will_deny_consent(self) -> None:
        """The next person who is asked presses Cancel."""
        self.world.meets(Person("cancel"))

    def leaves_a_box_empty(self, box: str, account: str = "") -> None:
        """The next person ticks every box but those whose scope contains `box` ("calendarlist")."""
        self.world.meets(Person("leave_empty", account, box))

    def accepts(self, account: str = "") -> None:
        """The next person picks this account and presses Continue with every box ticked, without a browser."""
        self.world.meets(Person("continue", account))

    def goes_silent(self) -> None:
        """Every line is cut without an answer, at once, until it answers again."""
        self.world.plan(Fault("drop", times=None))

    def hangs(self, at: str = "*") -> None:
        """Questions are taken and not answered, until it answers again (30 s at the longest)."""
        self.world.plan(Fault("hang", at, times=None))

    def answers_again(self) -> None:
        self.world.faults.forget()

    def loses_the_next_answer(self, at: str = "*") -> None:
        """The change is made; the answer never arrives."""
        self.world.plan(Fault("lose_answer", at))

    def breaks(self, kind: str, at: str = "*", *, times: int | None = 1, account: str = "") -> None:
        """The next question at this method meets a fault of faults.KINDS; `times` None: every one."""
        self.world.plan(Fault(kind, at, account, times))

    # What every request goes through

    def begin(self) -> ResponseReturnValue | None:
        if request.path.startswith(APART):
            return None
        g.method = request.endpoint or "unknown"
        g.account, g.client_id = asker.named(self.world)
        try:
            spoilt = misbehaviour.before(self.world, g.method, g.account)
        except NoAnswer:
            self.note(0, "no answer")
            raise
        if spoilt is None:
            return None
        g.fault = spoilt[0].kind
        return spoilt[1]

    def end(self, answer: Response) -> Response:
        answer.headers["Date"] = formatdate(self.world.clock.said(), usegmt=True)
        if answer.mimetype == "text/html":
            answer.headers |= {
                "Content-Security-Policy": POLICY,
                "X-Frame-Options": "DENY",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
                "Cache-Control": "no-store",
            }
        browsers.remember(answer)
        if self.keeper and (request.method != "GET" or g.get("browser_is_new") or request.endpoint in CHANGING_GETS):
            self.keeper.save(self.world)
        if request.path.startswith(APART):
            return answer
        fault = None if g.get("fault") else misbehaviour.after(self.world, g.method, g.account, answer)
        lost = fault is not None and fault.kind == "lose_answer"
        self.note(0 if lost else answer.status_code, fault.kind if fault else g.get("fault", ""))
        if lost:
            raise NoAnswer
        return answer

    def note(self, status: int, fault: str) -> None:
        is_api = request.path.startswith("/calendar/v3/")
        body = typed.sent() if is_api and request.content_length else None
        self.world.log.entries.append(
            Call(
                self.world.now().isoformat(),
                request.method,
                request.path,
                dict(request.args.lists()),
                g.method,
                g.account,
                g.client_id,
                status,
                fault,
                body if isinstance(body, dict) else None,
            )
        )
