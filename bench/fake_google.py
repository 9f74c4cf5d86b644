"""`python -m bench.fake_google`: what the stand-in for Google costs, in empty answers of Flask measured in the same run.

Prints a table, merges the figures into bench/results.json under `fake_google`, and ends with 1 where a limit is passed.
"""

import http.client
import json
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask
from waitress import create_server, wasyncore
from werkzeug.test import EnvironBuilder

from bench.results import merge
from e2e.fake_google import FakeGoogle, World, running

ROUNDS: Final = 40  # what is compared takes turns, so that a busy machine is busy for all of it
TIMES: Final = 25  # in each round
LIMIT: Final = 4.0  # empty answers
MARIA: Final = "maria@clinic.example"

Ask = Callable[[], float]  # asks once; seconds
Request = dict[str, Any]  # path, method, headers, json: as werkzeug's EnvironBuilder takes them


def empty_app() -> Flask:
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: "")
    return app


def requests_of(google: FakeGoogle) -> dict[str, Request]:
    """The two under a limit."""
    token = google.world.grants_token(MARIA, "checker", ["calendarlist.readonly"])["access_token"]
    listing = {"path": "/calendar/v3/users/me/calendarList", "headers": {"Authorization": f"Bearer {token}"}}
    return {"calendarList.list": listing, "reset": {"path": "/_world/reset", "method": "POST", "json": {}}}


def inside(app: Any, request: Request) -> Ask:
    """Without a network: what the application alone takes."""

    def ask() -> float:
        environ, statuses = EnvironBuilder(**request).get_environ(), []
        begun = time.perf_counter()
        answer = app(environ, lambda status, _headers: statuses.append(status))
        for _ in answer:
            pass
        answer.close()
        took = time.perf_counter() - begun
        if statuses != ["200 OK"]:
            raise RuntimeError(f"{request['path']} answered {statuses}")
        return took

    return ask


def over_http(line: http.client.HTTPConnection, request: Request) -> Ask:
    """With waitress and one kept connection: what an asker waits for."""
    body = json.dumps(request["json"]) if "json" in request else None
    headers = request.get("headers", {}) | ({"Content-Type": "application/json"} if body else {})

    def ask() -> float:
        begun = time.perf_counter()
        line.request(request.get("method", "GET"), request["path"], body, headers)
        answer = line.getresponse()
        answer.read()
        took = time.perf_counter() - begun
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{request['path']} answered {answer.status}")
        return took

    return ask


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """An application on the same kind of server as the stand-in's."""
    server = create_server(app, host="127.0.0.1", port=0, threads=16)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map, ignore_all=True))  # noqa: SLF001
        server.task_dispatcher.shutdown(timeout=5)
        thread.join(5)


def medians(asks: dict[str, Ask]) -> dict[str, float]:
    """Microseconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            ask()  # the first after a change of turns finds cold caches
            taken[name] += [ask() for _ in range(TIMES)]
    return {name: statistics.median(times) * 1e6 for name, times in taken.items()}


def measure() -> dict[str, dict[str, float]]:
    """Microseconds by where and what; `empty` is Flask's answer without a word.

    Listing and resetting ask two stand-ins: a reset forgets the token that lists.
    """
    listed, reset, nothing = FakeGoogle(World("calendar there")), FakeGoogle(World()), empty_app()
    asked = requests_of(listed)
    figures = {
        "inside": medians(
            {
                "empty": inside(nothing, {"path": "/"}),
                "calendarList.list": inside(listed, asked["calendarList.list"]),
                "reset": inside(reset, asked["reset"]),
            }
        )
    }
    with served(nothing) as one, running(listed) as two, running(reset) as three:
        lines = [http.client.HTTPConnection(urlsplit(base).netloc, timeout=10) for base in (one, two, three)]
        figures["over HTTP"] = medians(
            {
                "empty": over_http(lines[0], {"path": "/"}),
                "calendarList.list": over_http(lines[1], asked["calendarList.list"]),
                "reset": over_http(lines[2], asked["reset"]),
            }
        )
        for line in lines:
            line.close()
    return figures


def main() -> int:
    figures = measure()
    told: dict[str, Any] = {"limit": LIMIT}
    worst = 0.0
    sys.stdout.write(f"{'fake_google':<30}{'microseconds':>14}{'empty answers':>16}{'at most':>10}\n")
    for where, taken in figures.items():
        for name, took in taken.items():
            ratio = took / taken["empty"]
            worst = max(worst, ratio)
            limit = "" if name == "empty" else f"{LIMIT:.0f}"
            sys.stdout.write(f"{f'{name}, {where}':<30}{took:>14.0f}{ratio:>16.2f}{limit:>10}\n")
            told[f"{name}, {where}"] = {"microseconds": round(took, 1), "empty_answers": round(ratio, 2)}
    merge("fake_google", told)
    if worst > LIMIT:
        sys.stdout.write(f"More than {LIMIT:.0f} empty answers.\n")
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
