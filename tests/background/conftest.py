"""The office, open; Maria has not accepted anywhere yet."""

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from tests.background.office import Office


@pytest.fixture
def office(app: Flask, google: FakeGoogle) -> Office:
    office = Office(app, google)
    office.opens()
    return office
