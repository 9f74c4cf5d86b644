"""`python -m e2e.fake_google --port N [--host H] [--world NAME] [--state FILE]`."""

import argparse
import sys
from pathlib import Path

from e2e.fake_google.app import FakeGoogle
from e2e.fake_google.server import address, listen
from e2e.fake_google.world import World
from e2e.fake_google.worlds import WORLDS


def main() -> int:
    parser = argparse.ArgumentParser(prog="fake_google", description="A Google that runs here: sign-in and Calendar.")
    parser.add_argument("--port", type=int, default=5001, help="0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--world", default="fresh", choices=sorted(WORLDS), help="where it begins without a state file")
    parser.add_argument("--state", type=Path, help="a file that keeps the world across restarts")
    asked = parser.parse_args()
    try:
        google = FakeGoogle(World(asked.world), state=asked.state)
    except (KeyError, TypeError, ValueError) as unreadable:
        sys.stderr.write(
            f"{asked.state} was not written by this version ({unreadable}). Move it away and start again.\n"
        )
        return 1
    try:
        server = listen(google, asked.host, asked.port)
    except OSError as taken:
        sys.stderr.write(f"Port {asked.port} of {asked.host} cannot be opened: {taken.strerror}.\n")
        return 1
    sys.stdout.write(f"Ready: {address(server)}/\n")
    sys.stdout.flush()
    server.run()
    return 0


sys.exit(main())
