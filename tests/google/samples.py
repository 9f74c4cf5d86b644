"""The appointment that these tests send."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wizard.google import Event

NAME = "PIMSY Calendar"
START = datetime(2026, 11, 24, 11, 10, tzinfo=UTC)
EVENT = Event("5f1d" * 10, START, START + timedelta(minutes=10), summary="PIMSY sync test", zone="America/New_York")
LATER = replace(EVENT, starts_at=START + timedelta(hours=1), ends_at=START + timedelta(hours=1, minutes=10))
