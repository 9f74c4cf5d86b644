"""The command `check`: look at everybody everywhere at once, beside a wizard that runs or without one, and say what was found."""

import json
import logging
from dataclasses import dataclass
from typing import TextIO

from wizard.app import create_app
from wizard.config import Settings
from wizard.onboarding.checking import Checked, look_over
from wizard.serve import CannotServe
from wizard.store import fitness, schema

WIDTH = 30


class Bar:
    """How far it is, on one line of a terminal; where nobody watches, nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._is_shown = stream, stream.isatty()

    def moves(self, done: int, total: int) -> None:
        """So many of so many looks are done; more come where a wizard beside us has put some back."""
        if self._is_shown and total:
            share = min(done / total, 1.0)
            filled = round(share * WIDTH)
            self._stream.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {min(done, total)} of {total} looked at")
            self._stream.flush()

    def ends(self) -> None:
        if self._is_shown:
            self._stream.write("\r\033[K")
            self._stream.flush()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the command, and where its answer and its progress go."""

    as_json: bool
    out: TextIO
    progress: TextIO


def check(settings: Settings, asked: Asked) -> int:
    """0: all is well; 1: something needs attention; 2: somebody could not be looked at. Raises CannotServe."""
    logging.getLogger("wizard").setLevel(logging.ERROR)
    app = create_app(settings)
    services = app.extensions["wizard"]
    with app.app_context():
        _insist_on_tables(settings)
    bar = Bar(asked.progress)
    try:
        services.patrol.look_at_everyone(bar.moves)
    finally:
        bar.ends()
    with app.app_context():
        checked = look_over(settings, services.practices, services.clock())
        schema.close()
    asked.out.write(json.dumps(checked.as_json(), indent=2) + "\n" if asked.as_json else told(checked))
    return checked.exit_code


def told(checked: Checked) -> str:
    """The same as lines: numbers and codes, as the log and the overview have them."""
    lines = [
        f"clinic {one.clinic}, person {one.person}{_at(one.workstation)}: {one.step} {one.code}"
        for one in checked.wrong
    ]
    lines += [
        f"clinic {one.clinic}, person {one.person}: could not be looked at ({one.look}) since"
        f" {one.since.isoformat(timespec='minutes')}: {one.code}"
        for one in checked.unseen
    ]
    wrong, unseen = len(checked.wrong), len(checked.unseen)
    if not wrong and not unseen:
        lines.append(f"All is well: {checked.looks} looks.")
    else:
        needs = "needs" if wrong == 1 else "need"
        lines.append(f"{wrong} {needs} attention, {unseen} could not be looked at, of {checked.looks} looks.")
    return "".join(f"{line}\n" for line in lines)


def _at(workstation: int) -> str:
    return f", workstation {workstation}" if workstation else ""


def _insist_on_tables(settings: Settings) -> None:
    """Looking changes no table: an older wizard may be running on them."""
    file = fitness.file_of(settings.database_url)
    if file is not None and not file.exists():
        raise CannotServe("There is nothing to check yet: no wizard was started with these settings")
    try:
        there, known = fitness.revisions()
    except fitness.Unusable as error:
        raise CannotServe(f"The database cannot be read: {error}. Look at WIZARD_DATABASE_URL") from error
    if there != known:
        raise CannotServe(
            "The database is of another version of this program. Start the wizard once: it brings it up to date"
        )
