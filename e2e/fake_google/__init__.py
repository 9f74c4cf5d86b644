"""A Google that runs here: account chooser, consent, sign-out, connections and Calendar behind the same tokens.

It stands in for Google in tests and try-outs, over HTTP. It is written from Google's documentation and Google's own
description of the Calendar API, and knows nothing of any program that asks it. README.md has its addresses.
"""

from .app import FakeGoogle
from .faults import Fault
from .log import Call
from .people import Person
from .server import running
from .world import World

__all__ = ["Call", "FakeGoogle", "Fault", "Person", "World", "running"]

__version__ = "0.1.0"  # its own: CHANGES.md tells what each one brought
