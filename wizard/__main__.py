"""The command line: `python -m wizard serve`, `worker`, `practice`, `doctor`, `check`, `admin-link`, `move-database`."""

import argparse
import json
import logging
import signal
import sys
from collections.abc import Callable

from wizard import checking, config, moving, serve, tryout
from wizard.app import create_app
from wizard.clock import system_clock
from wizard.doctor import telling
from wizard.store import schema

THIS_COMPUTER = "127.0.0.1"
COULD_NOT_LOOK = 2


def main(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    # ended by a signal, the try-out still ends the fake Google it started, and the background what it has begun
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    run: dict[str, Callable[[argparse.Namespace], int]] = {
        "serve": _serve,
        "worker": _worker,
        "practice": _practice,
        "doctor": _doctor,
        "check": _check,
        "admin-link": _admin_link,
        "move-database": _move_database,
    }
    try:
        return run[chosen.command](chosen)
    except (config.SettingsWrong, serve.CannotServe, moving.NotMoved) as error:
        return _refused(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m wizard", description="The Google Calendar Sync wizard.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="start the wizard against real Google; its settings come from the environment")
    commands.add_parser("worker", help="carry out what is owed to Google and to people, on PostgreSQL; several may run")
    practice = commands.add_parser(
        "practice", help="start the wizard with a sample clinic, the Stand-in for PIMSY and a fake Google"
    )
    practice.add_argument("--port", type=int, help="the wizard's port (5000)")
    practice.add_argument("--google-port", type=int, help="the fake Google's port (5001)")
    doctor = commands.add_parser("doctor", help="look whether this installation is fit; 0: it is, 1: something is not")
    doctor.add_argument("--plan", action="store_true", help="tell what will be needed, before anything is set")
    doctor.add_argument("--json", action="store_true", help="tell it as JSON")
    check = commands.add_parser(
        "check",
        help="look at everybody everywhere; 0: all is well, 1: something needs attention, 2: not all could be seen",
    )
    check.add_argument("--json", action="store_true", help="tell it as JSON: numbers and codes, no names")
    link = commands.add_parser("admin-link", help="print a one-time link for an administrator who is locked out")
    link.add_argument("email", help="the address that administrator signs in with")
    move = commands.add_parser(
        "move-database", help="copy every row of WIZARD_DATABASE_URL into another, empty database, and compare them"
    )
    move.add_argument("to", metavar="TO_URL", help="sqlite:////path/to/file or postgresql+psycopg://name@host/database")
    return parser


def _serve(_chosen: argparse.Namespace) -> int:
    try:
        settings = config.settings_from()
    except config.SettingsWrong as wrong:
        return _not_configured(wrong)
    return serve.serve(settings)


def _worker(_chosen: argparse.Namespace) -> int:
    try:
        settings = config.settings_from()
    except config.SettingsWrong as wrong:
        return _not_configured(wrong)
    return serve.work(settings)


def _admin_link(chosen: argparse.Namespace) -> int:
    print(serve.admin_link(config.settings_from(), chosen.email))
    return 0


def _move_database(chosen: argparse.Namespace) -> int:
    print(moving.told(moving.move(config.settings_from(), chosen.to), chosen.to))
    return 0


def _practice(chosen: argparse.Namespace) -> int:
    port = config.port("PORT", 5000) if chosen.port is None else chosen.port
    google_port = config.port("GOOGLE_PORT", 5001) if chosen.google_port is None else chosen.google_port
    for number in (port, google_port):
        if not 0 < number < config.PORTS:
            return _refused(f"{number} is no port. A port is a number from 1 to {config.PORTS - 1}: make run PORT=5010")
    data_dir = config.data_dir()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / "wizard.sqlite").touch()
    except OSError as error:
        return _refused(
            f"Nothing can be kept in {data_dir} ({error.strerror}). Name another folder: WIZARD_DATA_DIR=..."
        )
    with tryout.fake_google(google_port, data_dir / "google-world.json") as google_url:
        tryout.add_accounts(google_url)
        app = create_app(tryout.settings_for(data_dir, port, google_url))
        schema.bring_up_to_date(app)
        with app.app_context():
            tryout.open_sample_clinic(system_clock())
        try:
            return serve.answer(app, (THIS_COMPUTER, port))
        except OSError as error:
            return _refused(f"Port {port} cannot be used ({error.strerror}). Choose another one: make run PORT=5010")


def _doctor(chosen: argparse.Namespace) -> int:
    if chosen.plan:
        print(telling.plan())
        return 0
    try:
        settings = config.settings_from()
    except config.SettingsWrong as wrong:
        return _not_configured(wrong)
    report = create_app(settings).extensions["wizard"].doctor.examine()
    print(json.dumps(telling.data(report), indent=2) if chosen.json else telling.told(report))
    return 0 if report.is_fit else 1


def _check(chosen: argparse.Namespace) -> int:
    """Where it cannot look at all, it could not look at some: 2, so that nobody takes it for a finding."""
    try:
        return checking.check(config.settings_from(), checking.Asked(chosen.json, sys.stdout, sys.stderr))
    except config.SettingsWrong as wrong:
        _not_configured(wrong)
    except serve.CannotServe as error:
        _refused(str(error))
    return COULD_NOT_LOOK


def _not_configured(wrong: config.SettingsWrong) -> int:
    return _refused(f"{wrong}\nWhat will be needed, and what for: python -m wizard doctor --plan")


def _refused(sentence: str) -> int:
    """Said, without a stack: the cure is outside of this program."""
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
