"""The command line: one Google on a port, until it is stopped."""

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from . import __version__
from .app import FakeGoogle
from .authority import certificate_in
from .server import listening
from .world import World
from .worlds import WORLDS


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fake-google", description="A Google that runs here: sign-in and Calendar.")
    parser.add_argument("--port", type=int, default=5001, help="0 takes any free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--world", default="fresh", choices=sorted(WORLDS), help="where it begins without a state file")
    parser.add_argument("--state", type=Path, metavar="FILE", help="a file that keeps the world across restarts")
    parser.add_argument(
        "--issuer",
        default="",
        metavar="URL",
        help="of its id_tokens, for verifiers that insist on one (https://accounts.google.com); else the host asked",
    )
    parser.add_argument(
        "--tls",
        nargs="?",
        const="",
        metavar="DIR",
        help="https, by a certificate authority kept in DIR (without DIR: beside --state); clients trust DIR/ca.pem",
    )
    parser.add_argument(
        "--tls-name",
        action="append",
        default=[],
        metavar="HOST",
        help="one more host the certificate is for, such as accounts.google.com led here by a hosts file",
    )
    parser.add_argument("--version", action="version", version=f"fake-google {__version__}")
    return parser


def main() -> int:
    """Prints `Ready: ADDRESS/` once it can be asked; 1 with a sentence where it cannot start."""
    parser = arguments()
    asked = parser.parse_args()
    if asked.tls == "" and not asked.state:
        parser.error("--tls keeps its certificates beside --state; without --state name a folder: --tls DIR")
    if asked.tls_name and asked.tls is None:
        parser.error("--tls-name belongs to --tls")
    try:
        google = FakeGoogle(World(asked.world), state=asked.state, issuer=asked.issuer)
    except (KeyError, TypeError, ValueError) as unreadable:
        sys.stderr.write(
            f"{asked.state} was not written by this version ({unreadable}). Move it away and start again.\n"
        )
        return 1
    certificate = None
    if asked.tls is not None:
        folder = Path(asked.tls) if asked.tls else asked.state.parent
        certificate = certificate_in(folder, tuple(asked.tls_name))
    with ExitStack() as open_now:
        try:
            server, base = open_now.enter_context(listening(google, asked.host, asked.port, certificate))
        except OSError as taken:
            sys.stderr.write(f"Port {asked.port} of {asked.host} cannot be opened: {os.strerror(taken.errno or 0)}.\n")
            return 1
        sys.stdout.write(f"Ready: {base}/\n")
        if certificate:
            sys.stdout.write(f"Trust: {certificate.ca.resolve()}\n")
        sys.stdout.flush()
        server.run()
    return 0
