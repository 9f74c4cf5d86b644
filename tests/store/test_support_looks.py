"""A support look is opened once by its digits, lasts an hour, and belongs to one clinic."""

from datetime import timedelta

import pytest

from e2e.launcher import TODAY
from wizard.store import help_votes, sessions, support_looks
from wizard.store.clinics import Clinic
from wizard.store.database import db
from wizard.views.present import Services

HOUR = timedelta(hours=1)


@pytest.fixture
def look(clinic: Clinic, services: Services) -> support_looks.SupportLook:
    look = support_looks.allow(services.cipher, "Dana Hill", TODAY)
    db.session.commit()
    return look


def digits_of(look: support_looks.SupportLook, services: Services) -> str:
    return services.cipher.decrypt(look.digits)


def test_it_is_opened_once_by_six_digits(look: support_looks.SupportLook, services: Services) -> None:
    digits = digits_of(look, services)

    opened = support_looks.open_with(services.cipher, digits, TODAY)
    again = support_looks.open_with(services.cipher, digits, TODAY)

    assert len(digits) == 6
    assert digits.isdecimal()
    assert (opened, again) == (look, None)


@pytest.mark.parametrize("typed", ["", "000", "no digits", "١٢٣٤٥٦"])
def test_other_digits_open_nothing(look: support_looks.SupportLook, services: Services, typed: str) -> None:
    assert support_looks.open_with(services.cipher, typed, TODAY) is None
    assert look.opened_at is None


def test_the_digits_are_not_stored_as_they_are(look: support_looks.SupportLook, services: Services) -> None:
    assert digits_of(look, services) not in look.digits


def test_it_ends_after_an_hour(look: support_looks.SupportLook, services: Services) -> None:
    assert support_looks.present(TODAY + HOUR - timedelta(seconds=1)) == look
    assert support_looks.present(TODAY + HOUR) is None
    assert support_looks.open_with(services.cipher, digits_of(look, services), TODAY + HOUR) is None


def test_a_new_one_ends_the_one_before(look: support_looks.SupportLook, services: Services) -> None:
    another = support_looks.allow(services.cipher, "Dana Hill", TODAY)

    assert support_looks.present(TODAY) == another
    assert look.ended_at == TODAY


def test_of_two_allowed_at_once_the_newer_is_read_out(
    look: support_looks.SupportLook, clinic: Clinic, services: Services
) -> None:
    """On PostgreSQL neither of two presses sees what the other one writes."""
    digits = services.cipher.encrypt("123456")
    newer = support_looks.SupportLook(digits=digits, made_by="Lee Moss", made_at=TODAY, ends_at=TODAY + HOUR)
    db.session.add(newer)
    db.session.flush()

    assert clinic.id == look.clinic_id == newer.clinic_id
    assert support_looks.present(TODAY) == newer
    support_looks.stop(TODAY)
    assert support_looks.present(TODAY) is None


def test_its_session_lives_as_long_as_the_look(look: support_looks.SupportLook, clinic: Clinic) -> None:
    """Also without a press for longer than a sign-in may be idle: who reads on the telephone presses nothing."""
    name = sessions.begin_support(clinic.id, look.id, TODAY)

    assert sessions.living(name, TODAY + timedelta(minutes=59)) is not None
    assert sessions.living(name, TODAY + HOUR) is None


def test_its_session_ends_when_the_clinic_stops_it(look: support_looks.SupportLook, clinic: Clinic) -> None:
    name = sessions.begin_support(clinic.id, look.id, TODAY)

    support_looks.stop(TODAY)
    db.session.commit()

    assert sessions.living(name, TODAY) is None


def test_votes_on_help_are_counted_by_card(clinic: Clinic) -> None:
    for code, helped in (("CAL-NEAR", True), ("CAL-NEAR", True), ("CAL-NEAR", False), ("QUOTA", False)):
        help_votes.add(code, helped=helped)
    db.session.commit()

    assert [help_votes.count(code) for code in ("CAL-NEAR", "QUOTA", "CLOCK")] == [(2, 1), (0, 1), (0, 0)]
