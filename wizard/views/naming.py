"""Naming: which computer this browser is. Told once; where a computer has that name already it is asked which one it is.

A name opens nothing, and losing it undoes nothing: what was proven belongs to the computer, not to a browser's cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from flask import Response, g, make_response, render_template, request

from wizard.store import browsers, people, workstations
from wizard.store.workstations import Workstation
from wizard.views import agents, cookies, limits
from wizard.views.cookies import Browser
from wizard.views.noting import note
from wizard.views.present import helper, now, own_person, services, workstation

RECOGNISED: Final = "computer recognised"
"""What the log says where a browser that forgot has its computer's name back."""

WRONG_DIGITS: Final = "10 per 15 minutes"
WRONG_DIGITS_OF_A_CLINIC: Final = "60 per hour"
"""Of a million numbers: who guesses from many places at once gets no further than six in a hundred thousand."""

NOT_THESE: Final = "These digits are not the ones. They are good once, for one hour: ask for the six on the screen now"


@dataclass(frozen=True, slots=True)
class Question:
    """Which computer is this? What the page says, and the ways it offers."""

    card: str  # the code
    heading: str
    headline: str
    words: str
    there: Workstation  # the computer it may be
    it_is: str  # where the form that says so goes
    says_it_is: str  # its button
    carried: Mapping[str, str] = field(default_factory=dict)  # what every form of the page hands on
    by_code: bool = False  # a person types six digits that an administrator reads out
    stay: tuple[str, str] | None = None  # the words and the address that leave everything as it is
    other: str = ""  # where the form with another name goes; empty: none is offered
    one_more: str = ""  # the name proposed for one more browser of the same computer
    typed: str = ""
    problems: tuple[tuple[str, str], ...] = ()


def page(question: Question, status: int = 200) -> Response:
    """The question as a page; it says "Error: " where what was typed has to change."""
    reads_out = helper() if question.by_code else ""
    return make_response(render_template("which_computer.html", question=question, helper=reads_out), status)


def typed() -> str:
    """The name in the form, with single spaces."""
    return " ".join(request.form.get("workstation", "").split())


def problems_of(name: str) -> list[tuple[str, str]]:
    """What has to change in it, at the field `workstation`."""
    longest = workstations.LONGEST_NAME
    if not name:
        return [("workstation", "Give this computer a name, for example Front desk 1")]
    if len(name) > longest:
        return [("workstation", f"Choose a shorter name: at most {longest} letters and spaces")]
    if not name.isprintable():
        return [("workstation", "Use letters, numbers and spaces only in the computer's name")]
    return []


def is_phone() -> bool:
    """The form says that PIMSY is not used here: no name is asked for."""
    return request.form.get("pimsy") == "no"


def phone_of(who: people.Person) -> Workstation:
    """This browser is that person's telephone from now on."""
    is_only = [one.first_name for one in people.everyone()].count(who.first_name) == 1
    here = workstations.phone_of(f"{who.first_name if is_only else who.name}'s phone", now())
    carry(here)
    note("phone named", person_id=who.id, workstation_id=here.id, detail=here.name)
    return here


def settle(name: str) -> Workstation | None:
    """This browser's computer from now on: a new one, or the known one. None: it has to be asked which one it is."""
    known = workstations.named(name)
    if known is None:
        here, what = workstations.add(name, now()), "computer named"
    elif _may_be(known):
        forgot = workstation() is None and g.copied is None
        here, what = known, RECOGNISED if forgot else "browser took the name of a computer"
        g.is_recognised = forgot
    else:
        return None
    carry(here)
    note(what, workstation_id=here.id, detail=here.name)
    return here


def carry(here: Workstation) -> None:
    """This browser carries that name from now on; a copy of another one becomes a browser of its own."""
    browser: Browser = g.browser if g.copied is None else cookies.new()
    turn = browsers.take_turn(browser.id, browser.turn, here.id, agents.words(request.user_agent.string), now())
    g.browser = Browser(browser.id, here.id, turn)
    g.workstation, g.copied = here, None


def forgot(name: str, action: str, by_code: str, carried: Mapping[str, str]) -> Response:
    """The page that asks which computer it is, where one has that name already (card WS-FORGOT)."""
    known = cast("Workstation", workstations.named(name))
    is_person = own_person() is not None
    return page(
        Question(
            card="WS-FORGOT",
            heading="Which computer is this?",
            headline="This browser no longer knows which computer it is. Nothing is undone.",
            words=f"A computer is called {known.name} already. Is it this one?",
            there=known,
            it_is=by_code if is_person else action,
            says_it_is=f"It is {known.name}: this browser forgot",
            carried=carried,
            by_code=is_person,
            other=action,
            one_more=workstations.one_more_browser(known.name),
            problems=(("code", NOT_THESE),) if has_wrong_digits() else (),
        ),
        422,
    )


def has_wrong_digits() -> bool:
    """The form held digits that are not the ones."""
    return bool(g.get("has_wrong_digits"))


def _may_be(known: Workstation) -> bool:
    """An administrator says so by a press, and a browser by its own cookie; a person needs the digits."""
    is_its_own = g.copied is not None and g.copied.id == known.id
    if own_person() is None or is_its_own:
        return "same" in request.form
    if not str(request.endpoint).endswith(".by_code"):
        return False  # digits are taken only where wrong ones are counted
    said = "".join(request.form.get("code", "").split())
    is_right = workstations.use_code(services().cipher, known, said, now())
    g.has_wrong_digits = not is_right
    return is_right


def _was_wrong(response: Response) -> bool:  # noqa: ARG001 - the answer to wrong digits is the question again
    return has_wrong_digits()


per_address = limits.per_address(WRONG_DIGITS, counts=_was_wrong)
per_clinic = limits.per_clinic(WRONG_DIGITS_OF_A_CLINIC, counts=_was_wrong)
"""For a view that takes digits. It has an address of its own, so that who guesses holds up nobody's start."""
