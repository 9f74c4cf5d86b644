"""A one-time link is good once, until its time is over or a newer one to the same end is made."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from wizard.store import administrators, links
from wizard.store.clinics import Clinic
from wizard.store.database import db
from wizard.store.links import LinkPurpose

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def test_it_is_good_once(clinic: Clinic) -> None:
    token = links.make(LinkPurpose.ADMINISTRATOR, NOW, clinic_id=clinic.id, administrator_id=1)

    assert links.living(token, NOW) is not None
    assert [links.use(token, NOW), links.use(token, NOW)] == [True, False]
    assert links.living(token, NOW) is None


def test_its_time_ends(clinic: Clinic) -> None:
    token = links.make(LinkPurpose.PASSWORD, NOW, clinic_id=clinic.id, administrator_id=1)
    ends = NOW + timedelta(hours=1)

    assert links.living(token, ends - A_SECOND) is not None
    assert links.living(token, ends) is None
    assert links.use(token, ends) is False


def test_a_newer_one_to_the_same_end_takes_its_place_and_touches_no_other(clinic: Clinic) -> None:
    other = administrators.add("Lee Moss", "lee@clinic.example")
    hers = links.make(LinkPurpose.ADMINISTRATOR, NOW, clinic_id=clinic.id, administrator_id=other.id)
    first = links.make(LinkPurpose.FIRST_RUN, NOW)

    second = links.make(LinkPurpose.FIRST_RUN, NOW + A_SECOND)

    alive = [links.living(token, NOW + 2 * A_SECOND) is not None for token in (hers, first, second)]
    assert alive == [True, False, True]


def test_an_invitation_stays_good_whoever_asks_for_a_new_password(clinic: Clinic) -> None:
    invited = links.make(LinkPurpose.ADMINISTRATOR, NOW, clinic_id=clinic.id, administrator_id=1)
    forgotten = links.make(LinkPurpose.PASSWORD, NOW + A_SECOND, clinic_id=clinic.id, administrator_id=1)
    before = [links.living(token, NOW + 2 * A_SECOND) is not None for token in (invited, forgotten)]

    links.end_all(1, NOW + 2 * A_SECOND)

    assert before == [True, True]
    assert [links.living(token, NOW + 2 * A_SECOND) for token in (invited, forgotten)] == [None, None]


def test_its_token_is_not_stored(clinic: Clinic) -> None:
    token = links.make(LinkPurpose.PASSWORD, NOW, clinic_id=clinic.id, administrator_id=1)

    stored = str(db.session.execute(text("SELECT * FROM one_time_links")).one())

    assert token not in stored
    assert links.living("", NOW) is None


def test_who_can_sign_in_is_found_by_address_in_any_case(clinic: Clinic) -> None:
    assert clinic.id
    assert administrators.can_anybody_sign_in() is False

    administrators.add("Lee Moss", "Lee@Clinic.example", "digest")

    assert administrators.can_anybody_sign_in() is True
    found = administrators.of_email("LEE@clinic.example")
    assert found is not None
    assert (found.name, found.email) == ("Lee Moss", "lee@clinic.example")
    assert administrators.of_email("nobody@clinic.example") is None
