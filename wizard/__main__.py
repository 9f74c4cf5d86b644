"""The command line: `python -m wizard practice`, `python -m wizard doctor`."""

import argparse
import json
import logging
import signal
import sys

from flask import Flask
from waitress import create_server

from wizard import config, tryout
from wizard.app import create_app
from wizard.clock import system_clock
from wizard.doctor import telling
from wizard.store import schema

PORTS = 2**16


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m wizard", description="The Google Calendar Sync wizard.")
    commands = parser.add_subparsers(dest="command", required=True)
    try:
        ports = config.port("PORT", 5000), config.port("GOOGLE_PORT", 5001)
    except config.SettingsWrong as wrong:
        return _refused(str(wrong))
    practice = commands.add_parser(
        "practice", help="start the wizard with a sample clinic, the Stand-in for PIMSY and a fake Google"
    )
    practice.add_argument("--port", type=int, default=ports[0], help="the wizard's port (5000)")
    practice.add_argument("--google-port", type=int, default=ports[1], help="the fake Google's port (5001)")
    doctor = commands.add_parser("doctor", help="look whether this installation is fit; 0: it is, 1: something is not")
    doctor.add_argument("--plan", action="store_true", help="tell what will be needed, before anything is set")
    doctor.add_argument("--json", action="store_true", help="tell it as JSON")
    chosen = parser.parse_args(arguments)
    # ended by a signal, the try-out still ends the fake Google it started
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if chosen.command == "doctor":
        return _plan() if chosen.plan else _doctor(as_json=chosen.json)
    for port in (chosen.port, chosen.google_port):
        if not 0 < port < PORTS:
            return _refused(f"{port} is no port. A port is a number from 1 to {PORTS - 1}: make run PORT=5010")
    return _practice(chosen.port, chosen.google_port)


def _practice(port: int, google_port: int) -> int:
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
        return _serve(app, port)


def _plan() -> int:
    sys.stdout.write(f"{telling.plan()}\n")
    return 0


def _doctor(*, as_json: bool) -> int:
    try:
        settings = config.settings_from()
    except config.SettingsWrong as wrong:
        return _refused(f"{wrong}\nWhat will be needed, and what for: python -m wizard doctor --plan")
    report = create_app(settings).extensions["wizard"].doctor.examine()
    sys.stdout.write(f"{json.dumps(telling.data(report), indent=2) if as_json else telling.told(report)}\n")
    return 0 if report.is_fit else 1


def _serve(app: Flask, port: int) -> int:
    services = app.extensions["wizard"]
    try:
        server = create_server(app, host="127.0.0.1", port=port, threads=services.settings.threads, ident=None)
    except OSError as error:
        return _refused(f"Port {port} cannot be used ({error.strerror}). Choose another one: make run PORT=5010")
    services.background.start()
    services.watch.start()
    sys.stdout.write(f"Ready: http://127.0.0.1:{port}/\n")
    sys.stdout.flush()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        services.watch.stop(within_s=1)
        services.background.stop()
        server.close()
    return 0


def _refused(sentence: str) -> int:
    """Said, without a stack: the cure is outside of this program."""
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
