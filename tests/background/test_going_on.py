"""Fifteen ways in which a proven set-up stops working, each named within a day; and not one false alarm in a healthy one."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from e2e.fake_google.faults import Fault
from tests.background.patrolled import MARIAS, Patrolled
from tests.walking import MARIA
from wizard.practice.builtin import personnel, settings
from wizard.practice.builtin.personnel import Details
from wizard.store import grants, people
from wizard.store.database import db, of_clinic

CALENDAR = "PIMSY Calendar"


def refuses(kind: str, at: str) -> Callable[[Patrolled], object]:
    return lambda clinic: clinic.world.plan(Fault(kind, at, times=None))


def turns_off_the_setting(clinic: Patrolled) -> None:
    with clinic.app.app_context(), of_clinic(clinic.clinic_id):
        settings.save({settings.SYNC: "False"}, at=clinic.world.now(), who="Dana Hill", workstation_id=1)
        db.session.commit()
    books(clinic)


def saves_folder(account: str, *, is_suspended: bool = False) -> Callable[[Patrolled], None]:
    def save(clinic: Patrolled) -> None:
        with clinic.app.app_context(), of_clinic(clinic.clinic_id):
            details = Details(account, is_suspended, profile="Clinician", email="")
            personnel.save(people.everyone()[0], details, at=clinic.world.now(), who="Dana Hill", workstation_id=1)
            db.session.commit()
        books(clinic)

    return save


def books(clinic: Patrolled) -> None:
    """Something is owed to Google that cannot leave."""
    clinic.moves_her_test()
    clinic.services.background.run_once()  # type: ignore[attr-defined]  # the Dispatcher, of which views know less


def narrows_what_writes(clinic: Patrolled) -> None:
    given = clinic.world.grants_token(
        MARIAS, "integration", ["openid", "email", "events.owned"], left_empty="events.owned"
    )
    with clinic.app.app_context(), of_clinic(clinic.clinic_id):
        grant = grants.of(MARIA, "integration")
        assert grant is not None
        grant.refresh_token = clinic.services.cipher.encrypt(given["refresh_token"])
        db.session.commit()


BROKEN: dict[str, tuple[Callable[[Patrolled], object], str]] = {
    "renamed": (lambda c: c.world.renames_calendar(MARIAS, CALENDAR, "Old"), "CAL-RENAMED"),
    "deleted": (lambda c: c.world.deletes_calendar(MARIAS, CALENDAR), "CAL-GONE"),
    "checker removed": (lambda c: c.world.removes_permission(MARIAS, "checker"), "REVOKED-CHK"),
    "integration removed": (lambda c: c.world.removes_permission(MARIAS, "integration"), "REVOKED-PIMSY"),
    "organisation wants a fresh sign-in": (refuses("invalid_rapt", "token"), "REVOKED-CHK"),
    "scope taken": (refuses("insufficientPermissions", "calendarList.get"), "GRANT-PART"),
    "writing scope taken": (narrows_what_writes, "GRANT-PART"),
    "calendar turned off": (refuses("notACalendarUser", "calendarList.get"), "GOOGLE-NOCAL"),
    "calendar somebody else's": (refuses("requiredAccessLevel", "calendarList.get"), "CAL-OTHERS"),
    "API off": (refuses("accessNotConfigured", "calendarList.get"), "OPERATOR-SETUP"),
    "client secret wrong": (refuses("invalid_client", "token"), "OPERATOR-SETUP"),
    "Google away": (lambda c: c.google.goes_silent(), "GOOGLE-BUSY"),
    "setting off": (turns_off_the_setting, "SET-OFF"),
    "folder empty": (saves_folder(""), "FOLDER-EMPTY"),
    "user suspended": (saves_folder(MARIAS, is_suspended=True), "USER-SUSPENDED"),
}


@pytest.mark.parametrize("state", BROKEN)
def test_what_is_broken_is_named(clinic: Patrolled, state: str) -> None:
    breaks, code = BROKEN[state]
    breaks(clinic)

    clinic.walks_round(times=2)

    lasting = {drift.code for drift in clinic.drifts()}
    assert code in lasting
    assert "dana@clinic.example" in {to for to, _, _ in clinic.letters()}


def test_a_healthy_day_raises_no_alarm(clinic: Patrolled) -> None:
    for hour in range(24):
        if hour in {3, 9, 15}:  # a moment's weather, as there is every day
            clinic.world.plan(Fault("unavailable", "calendarList.get"))
            clinic.world.plan(Fault("token_unavailable", "token"))
        for _ in range(2):
            clinic.walks(timedelta(minutes=30))

    looked = clinic.looks()
    assert (clinic.letters(), clinic.drifts()) == ([], [])
    assert all(look.looked_at is not None and look.failing_since is None for look in looked.values())
    assert "<b>Needs attention</b>" not in clinic.desk.client.get("/overview").text
