"""Show me what happens when …: the try-out's list of scenarios, each made ready by one press.

Nothing is deleted for it: a scenario gets a sample clinic of its own, beside those that are there. Google is another
matter: the stand-in goes back to the world the scenario names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, session, url_for

from wizard.practice.builtin import sample
from wizard.store import administrators, people, sessions
from wizard.store.database import db, of_clinic
from wizard.views import errors
from wizard.views.present import now, services
from wizard.views.tryout_scenarios import DONE, SEE, START, Scenario, Sight, read_all
from wizard.views.tryout_sentences import Ask, WorldRefused, asks_of, known_at, read_world

bp = Blueprint("tryout", __name__, url_prefix="/try-out")

TIME = "time passes: "
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the page lists it: to be done, to be made so by a press, or what is seen then."""

    number: int
    words: str
    sight: Sight | None = None
    is_of_the_world: bool = False


@bp.get("")
def index() -> Response:
    """Every scenario that can be played by hand."""
    playable: dict[str, list[Scenario]] = {}
    for scenario in _scenarios():
        if not scenario.suite_only:
            playable.setdefault(scenario.code, []).append(scenario)
    return make_response(render_template("tryout.html", playable=playable))


@bp.get("/<card>")
def show(card: str) -> Response:
    """What to do, in the scenario's own sentences, and where it begins."""
    scenario = _scenario(card, request.args)
    done = request.args.get("done", "")
    return make_response(
        render_template(
            "tryout_scenario.html",
            scenario=scenario,
            is_by_hand=scenario.practice == BY_HAND,
            given=[_sentence(words) for words in scenario.given],
            lines=_lines(scenario),
            whose=next((one.id for one in people.everyone() if one.name == scenario.person), None),
            is_from_the_start=scenario.prepared == START,
            is_set_up=scenario.prepared == DONE,
            done=int(done) if done.isdecimal() and len(done) < len("1000") else None,
        )
    )


@bp.post("/<card>")
def begin(card: str) -> Response:
    """Make the world ready and open a sample clinic for it; this browser is signed in there from now on."""
    scenario = _scenario(card, request.form)
    asks = [Ask("POST", "reset", {"world": scenario.world})]
    asks += [Ask("POST", "accounts", {"email": email, "hd": hd}) for email, hd in sample.MORE_ACCOUNTS]
    asks += [ask for sentence in scenario.given for ask in _asks_of(sentence)]
    try:
        _send(asks)
    except WorldRefused as refused:
        return _refused(refused)
    _move_in(scenario)
    return _to(scenario)


@bp.post("/<card>/world")
def happen(card: str) -> Response:
    """One sentence about the world is made true."""
    scenario = _scenario(card, request.form)
    number = request.form.get("act", "")
    acts = [line for line in _lines(scenario) if line.is_of_the_world and str(line.number) == number]
    if not acts:
        abort(400)
    try:
        _send(_asks_of(scenario.acts[acts[0].number]))
    except WorldRefused as refused:
        return _refused(refused)
    return _to(scenario, done=acts[0].number)


def _move_in(scenario: Scenario) -> None:
    clinic = sample.open_clinic(now(), scenario.practice)
    with of_clinic(clinic.id):
        if scenario.without_clients:
            sample.take_clients_of(scenario.person)
        administrator = administrators.first()
        if administrator is None:
            raise LookupError("a sample clinic has an administrator")
        sessions.end(session.pop("signed_in", ""), now())
        session["signed_in"] = sessions.begin(clinic.id, administrator.id, now())
    db.session.commit()


def _lines(scenario: Scenario) -> list[Line]:
    world = read_world(_folder() / "world.toml")
    return [
        Line(number, "", sight=scenario.sights[act.removeprefix(SEE)])
        if act.startswith(SEE)
        else Line(
            number,
            _sentence(f"wait {act.removeprefix(TIME)}" if act.startswith(TIME) else act),
            is_of_the_world=bool(asks_of(act, world)),
        )
        for number, act in enumerate(scenario.acts)
    ]


def _sentence(words: str) -> str:
    """As it stands on a page; an e-mail address keeps its small letters."""
    begins_with_address = "@" in words.split(maxsplit=1)[0]
    return f"{words if begins_with_address else words[0].upper() + words[1:]}."


def _asks_of(sentence: str) -> tuple[Ask, ...]:
    return asks_of(sentence, read_world(_folder() / "world.toml"), known_at(now()))


def _scenario(code: str, wanted: Mapping[str, str]) -> Scenario:
    """The variant of that code in that practice, the first where none is named; 404 where nobody can play it."""
    variant, practice = wanted.get("variant", ""), wanted.get("practice", "")
    playable = (one for one in _scenarios() if one.code == code and not one.suite_only)
    found = next((one for one in playable if variant in {"", one.variant} and practice in {"", one.practice}), None)
    if found is None:
        abort(404)
    return found


def _scenarios() -> tuple[Scenario, ...]:
    return read_all(_folder())


def _folder() -> Path:
    """404 anywhere but in a try-out."""
    settings = services().settings
    if not settings.is_tryout or settings.scenarios is None:
        abort(404)
    return settings.scenarios


def _send(asks: list[Ask] | tuple[Ask, ...]) -> None:
    db.session.commit()  # nobody waits for Google inside a transaction
    for ask in asks:
        ask.send(services().settings.google_api_url)


def _refused(refused: WorldRefused) -> Response:
    return errors.page(503, "The stand-in Google is not ready", f"{refused} The sample clinic stays as it is.")


def _to(scenario: Scenario, done: int | None = None) -> Response:
    practice = scenario.practice if scenario.practice == BY_HAND else None
    address = url_for("tryout.show", card=scenario.code, variant=scenario.variant, practice=practice, done=done)
    return make_response(redirect(address, 303))
