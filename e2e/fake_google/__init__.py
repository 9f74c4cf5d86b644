"""A Google that runs here: account chooser, consent, sign-out, connections and Calendar behind the same tokens.

It stands in for Google in tests and try-outs, over HTTP. It is written from Google's documentation and Google's own
description of the Calendar API, and knows nothing of any program that asks it. README.md has its addresses.
"""

from e2e.fake_google.app import FakeGoogle
from e2e.fake_google.faults import Fault
from e2e.fake_google.log import Call
from e2e.fake_google.people import Person
from e2e.fake_google.server import running
from e2e.fake_google.world import World

__all__ = ["Call", "FakeGoogle", "Fault", "Person", "World", "running"]
