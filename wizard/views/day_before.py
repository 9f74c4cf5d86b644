"""The day before the round: the setting, everybody's folder in one list, what the round takes, and its sheets to print.

Nothing here asks for a Google password, and nobody has to come for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from wizard import addresses, when
from wizard.evidence import FolderFact
from wizard.practice.builtin import BuiltIn, personnel
from wizard.practice.builtin.settings import Problem
from wizard.store import answers, folders, grants, people
from wizard.store.database import db
from wizard.store.people import Person
from wizard.views import matrix, practice_settings, standin
from wizard.views.matrix import Cell
from wizard.views.noting import note
from wizard.views.present import acting, clinic, now, practice, services, workstation

bp = Blueprint("day_before", __name__, url_prefix="/overview")

T = TypeVar("T")

SETTING, FOLDER = "enable-setting", "personnel-folder"


@dataclass(frozen=True, slots=True)
class Line:
    """One person's folder in the list."""

    who: Person
    account: str
    is_saved: bool
    is_connected: bool  # then the account is shown: another one ends proofs, and has a page of its own
    saved: str  # when it was saved, or said to be
    shown: str  # the account as it stands now: what is not typed anew stays, whoever changed it meanwhile
    was_saved: bool  # the same of the tick

    @property
    def field(self) -> str:
        return f"account-{self.who.id}"

    @property
    def box(self) -> str:
        return f"saved-{self.who.id}"


@bp.get("/day-before")
def show() -> Response:
    """What can be done without anybody's password, and what the round will take."""
    return make_response(_page(_lines(), []))


@bp.post("/day-before/setting")
def setting_saved() -> Response:
    """Whoever saved -233 in the clinic's own PIMSY says so; it holds for everybody."""
    everyone = people.everyone()
    if practice().name == BuiltIn.name or not everyone:
        abort(404)
    answers.give(everyone[0].id, None, "said", SETTING, at=now(), by=acting())
    note("setting -233 said to be saved")
    db.session.commit()
    return make_response(redirect(url_for("day_before.show"), 303))


@bp.post("/day-before/folders")
def save() -> Response:
    """Keep every address and every tick, or none of them while a line has a problem."""
    lines = [_typed(line) for line in _lines()]
    problems = problems_of(lines)
    if problems:
        return make_response(_page(lines, problems), 422)
    again = [line.who.id for line in lines if not _keep(line)]
    db.session.commit()
    services().background.wake()
    address = url_for("day_before.show", saved=1, again=again, _anchor="folders-heading")
    return make_response(redirect(address, 303))


@bp.get("/round-sheets")
def sheets() -> Response:
    """To be handed out and to lie at the desks: who comes where, each with a box."""
    whole = matrix.read()
    of_people = [
        (row.who, [(desk.name, cell) for desk, cell in zip(whole.desks, row.cells, strict=True)]) for row in whole.rows
    ]
    at_desks = [(desk, [(row.who.name, row.cells[at]) for row in whole.rows]) for at, desk in enumerate(whole.desks)]
    return make_response(
        render_template("round_sheets.html", of_people=_to_do(of_people), at_desks=_to_do(at_desks), whole=whole)
    )


def problems_of(lines: Sequence[Line]) -> list[Problem]:
    """What has to change before the list can be kept, line by line."""
    users: defaultdict[str, list[Person]] = defaultdict(list)
    for line in lines:
        for address in {line.account.casefold(), line.who.google_account.casefold() if line.is_connected else ""} - {
            ""
        }:
            users[address].append(line.who)
    found: list[Problem] = []
    for line in (one for one in lines if not one.is_connected):
        name, account = line.who.name, line.account
        others = [who.name for who in users[account.casefold()] if who.id != line.who.id] if account else []
        if not people.may_be_address(account):
            found.append((line.field, f"{name}: {addresses.WHOLE[0].lower()}{addresses.WHOLE[1:]}"))
        elif others:
            found.append((line.field, f"{name}: {account} is already entered for {', '.join(others)}"))
        elif line.is_saved and not line.was_saved and not account:
            found.append((line.field, f"{name}: type the address that is saved, or take the tick away"))
    return found


def _lines() -> list[Line]:
    """Everybody's folder as it stands, in a constant number of queries."""
    everyone = people.everyone()
    ids = [who.id for who in everyone]
    standing = {(row.person_id, row.permission): row.email for row in grants.standing(ids)}
    found = []
    for who in everyone:
        connected = standing.get((who.id, "checker")) or standing.get((who.id, "integration")) or ""
        found.append((who, connected or who.google_account, bool(connected)))
    saved = _saved(ids, {who.id: account for who, account, _ in found})
    return [
        Line(who, account, who.id in saved, is_connected, saved.get(who.id, ""), account, who.id in saved)
        for who, account, is_connected in found
    ]


def _saved(ids: list[int], accounts: Mapping[int, str]) -> dict[int, str]:
    """Whose folder is saved with that account, and since when: as the Stand-in has it, or as somebody said."""
    zone = clinic().zone
    if practice().name == BuiltIn.name:
        return {
            person_id: f"saved {when.exact_point(fact.saved_at, now(), zone)}"
            for person_id, fact in practice().folders(ids).items()
            if isinstance(fact, FolderFact) and fact.saved_at and fact.google_account
            if fact.google_account.casefold() == accounts[person_id].casefold()
        }
    said = [one for one in answers.standing(ids) if (one.kind, one.slug, one.workstation_id) == ("said", FOLDER, None)]
    return {one.person_id: f"you said it is done, {when.exact_point(one.at, now(), zone)}" for one in said}


def _typed(line: Line) -> Line:
    """The line as the form has it. Somebody added since the page was shown stands in no form, and stays as she is."""
    shown = request.form.get(f"shown-{line.who.id}")
    if shown is None:
        return line
    typed, ticked = standin.line(line.field, shown), line.box in request.form
    return replace(
        line,
        account=line.account if line.is_connected or typed == shown else typed,
        is_saved=line.is_saved if ticked == (f"was-{line.who.id}" in request.form) else ticked,
    )


def _keep(line: Line) -> bool:
    """Write what changed; False where the tick stands for the address before it, which is no more the one meant."""
    who, is_new = line.who, line.account.casefold() != line.shown.casefold()
    if line.account != line.shown:
        who.google_account = line.account
        note("Google account entered", person_id=who.id)
    if practice().name == BuiltIn.name:
        if line.is_saved and line.account and (is_new or not line.was_saved):
            _save_folder(who, line.account)
        return True
    if line.is_saved and not line.was_saved:
        for kind in ("password", "tell"):
            answers.take_back(who.id, None, kind, FOLDER, at=now())
        answers.give(who.id, None, "said", FOLDER, at=now(), by=acting())
        note("personnel folder said to be saved", person_id=who.id)
    elif line.was_saved and (is_new or not line.is_saved):
        answers.take_back(who.id, None, "said", FOLDER, at=now())
        note("personnel folder said not to be saved", person_id=who.id)
        return not line.is_saved
    return True


def _save_folder(who: Person, account: str) -> None:
    """The Stand-in's folder; what else stands in it stays."""
    folder, here = folders.find(who.id), workstation()
    details = personnel.Details(
        google_account=account,
        is_suspended=folder.is_suspended if folder else False,
        profile=folder.profile if folder else personnel.PROFILES[0],
        email=folder.email if folder else "",
    )
    personnel.save(who, details, at=now(), who=acting(), workstation_id=here.id if here else None)


def _page(lines: Sequence[Line], problems: Sequence[Problem]) -> str:
    whole = matrix.read()
    again = {standin.number_of(text) for text in request.args.getlist("again")}
    takes = whole.round
    has_standin = practice().name == BuiltIn.name
    first = next((row.journey for row in whole.rows if row.journey), None)
    return render_template(
        "day_before.html",
        lines=lines,
        problems=problems,
        whole=whole,
        takes=takes,
        passwords=takes.passwords(whole.connected),
        done=sum(cell.is_done for cell in whole.needed),
        setting=first.stop(SETTING).verdict if first else None,
        setting_form=practice_settings.form_of("calendar") if has_standin else None,
        is_saved=request.args.get("saved") == "1" and not problems,
        tests_due=_tests_due(whole),
        proof_days=clinic().proof_days,
        again=[line.who for line in lines if line.who.id in again],
    )


def _tests_due(whole: matrix.Matrix) -> list[tuple[Person, list[str]]]:
    """Who is proven, longer ago than the clinic wants it, and at which computers."""
    due = [
        (row.who, [desk.name for desk, cell in zip(whole.desks, row.cells, strict=True) if cell.is_test_due])
        for row in whole.rows
    ]
    return [(who, desks) for who, desks in due if desks]


def _to_do(sheets: Iterable[tuple[T, list[tuple[str, Cell]]]]) -> list[tuple[T, list[tuple[str, Cell]]]]:
    """The sheets on which something is left, each with what is needed or done there."""
    asked = [(of, [(name, cell) for name, cell in lines if cell.is_needed or cell.is_over]) for of, lines in sheets]
    return [(of, lines) for of, lines in asked if any(cell.is_open for _, cell in lines)]
