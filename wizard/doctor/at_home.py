"""What lies on this computer: the database, the room it has, the keys and who may read them."""

import os
import shutil
import stat
from pathlib import Path

from wizard.doctor.finding import Finding, fit, unfit, unseen, warning
from wizard.doctor.site import Site
from wizard.store import fitness
from wizard.store.database import of_every_clinic
from wizard.store.encryption import Cipher

MEGABYTE = 10**6
LITTLE_ROOM, NO_ROOM = 500 * MEGABYTE, 50 * MEGABYTE
LONG_ENOUGH = 32  # characters; token_urlsafe(32) gives 43
NEW_KEY = 'python -c "import secrets; print(secrets.token_urlsafe(32))"'
LOST_KEY = "Put the lost key back, behind the others, into WIZARD_SECRET_KEYS; it lies where the keys are backed up."


def database(site: Site) -> Finding:
    file = fitness.file_of(site.settings.database_url)
    if file is not None and not file.exists():
        return unseen(f"There is no {file} yet.", "python -m wizard serve makes it at its first start.")
    try:
        there, known = fitness.revisions()
        journal = fitness.journal()
    except fitness.Unusable as trouble:
        return unfit(
            f"The database does not work: {trouble}.",
            "Look at WIZARD_DATABASE_URL, at whether that server runs, and at whether this user may write there.",
        )
    if there != known:
        return unfit(
            f"Its tables are of revision {there or 'none'}, this program needs {known}.",
            "Back it up, then start python -m wizard serve: it brings the tables up to date. Where the tables are newer"
            " than the program, install the program that wrote them.",
        )
    if journal not in {"", "wal"}:
        return warning(
            f"SQLite keeps its journal as {journal!r} instead of WAL.",
            "Keep the database on a disk of this computer: network folders cannot do WAL.",
        )
    return fit(f"It answers; its tables are of revision {known}.")


def writing(site: Site) -> Finding:  # noqa: ARG001 - a check's signature
    try:
        fitness.write_and_undo()
    except fitness.Unusable as trouble:
        return unfit(
            f"The database cannot be written: {trouble}.",
            "Let the user that runs the wizard write its folder and every file in it, and end what else holds it open.",
        )
    return fit("It can be written.")


def room(site: Site) -> Finding:
    folder = _nearest(site.settings.data_dir)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as trouble:
        return unfit(f"{folder} cannot be looked at ({trouble.strerror}).", "Name another folder: WIZARD_DATA_DIR.")
    return judge_room(folder, free)


def judge_room(folder: Path, free: int) -> Finding:
    """`free` in bytes."""
    if free < LITTLE_ROOM:
        says = unfit if free < NO_ROOM else warning
        return says(f"{free // MEGABYTE} MB are free at {folder}.", "Make room: without it nothing can be kept.")
    return fit(f"{free // MEGABYTE} MB are free.")


def keys(site: Site) -> Finding:
    short = [place for place, key in enumerate(site.settings.secret_keys, 1) if len(key) < LONG_ENOUGH]
    if short:
        return unfit(
            f"Key {short[0]} of WIZARD_SECRET_KEYS has fewer than {LONG_ENOUGH} characters: it could be guessed.",
            f"Make one with {NEW_KEY} and put it first; keep the old one behind it until this check names it no more.",
        )
    if is_open := [str(file) for file in site.settings.key_files if _is_open_to_all(file)]:
        return unfit(
            f"Every user of this computer may read the keys in {' and '.join(is_open)}.",
            f"chmod 600 {' '.join(is_open)}. Might somebody have read them? Put a new key first, made with {NEW_KEY}.",
        )
    if not site.has_tables:
        return fit("They are long enough; what is encrypted could not be looked at.")
    with of_every_clinic():
        stored = fitness.secrets_of_grants()
    return judge_keys(site.cipher, stored, len(site.settings.secret_keys))


def judge_keys(cipher: Cipher, stored: list[str], count: int) -> Finding:
    opened_by = [cipher.key_of(secret) for secret in stored]
    lost = opened_by.count(None)
    if lost:
        return unfit(
            f"{lost} of {len(stored)} stored secrets were encrypted with a key that is not in WIZARD_SECRET_KEYS.",
            f"{LOST_KEY} Is it gone for good? Then each person connects the checker again; nothing else is lost.",
        )
    needed = {place for place in opened_by if place is not None}
    idle = [str(place + 1) for place in range(1, count) if place not in needed]
    if idle:
        return fit(f"They open everything stored. No longer needed: key {', '.join(idle)}.")
    return fit("They are long enough and open everything that is stored.")


def privacy(site: Site) -> Finding:
    if os.name != "posix":
        return unseen(
            "Who may read the folder cannot be told on this system.",
            "Let only the account that runs the wizard open WIZARD_DATA_DIR: its Properties, Security.",
        )
    folder = site.settings.data_dir
    if not folder.exists():
        return unseen(f"There is no {folder} yet.", "python -m wizard serve makes it, for its own user alone.")
    if folder.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH | stat.S_IWOTH):
        return unfit(f"Every user of this computer may look into {folder}.", f"chmod 700 {folder}")
    return fit(f"Other users of this computer cannot open {folder}.")


def _is_open_to_all(file: Path) -> bool:
    """Whether others may read it, as far as this user may know and this system tells."""
    try:
        return os.name == "posix" and bool(file.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False


def _nearest(folder: Path) -> Path:
    """The folder itself, or the one it will be made in."""
    return next((place for place in (folder.absolute(), *folder.absolute().parents) if place.exists()), Path("/"))
