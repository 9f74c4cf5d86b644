"""The patrol: one cheap question a permission, what drifted is told once, and weather disturbs nobody."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle
from e2e.fake_google.faults import Fault
from tests.background.patrolled import MARIAS, SOON, Patrolled
from tests.walking import MARIA, Desk
from wizard.background.patrol import PATIENCE
from wizard.store import deliveries, grants, mails, patrols, people, sightings, whole, workstations
from wizard.store.database import db, of_clinic

DANA = "dana@clinic.example"
HALF_AN_HOUR, DAY, WEEK = timedelta(minutes=30), timedelta(days=1), timedelta(days=7)
RENAMED = "The calendar we know is now called Old calendar."


def renames(clinic: Patrolled, there: str = "PIMSY Calendar", to: str = "Old calendar") -> None:
    clinic.world.renames_calendar(MARIAS, there, to)


# ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_permission_is_looked_at_a_few_times_a_day_and_never_all_at_once(clinic: Patrolled) -> None:
    begun = len(clinic.world.calls())
    due = {look.due_at for look in clinic.looks().values()}

    clinic.walks_round(times=4)

    asked = clinic.asked(begun)
    assert len(due) == 2
    assert 4 <= asked.count("calendarList.get") <= 8  # in 32 hours
    assert set(asked) == {"calendarList.get", "token"}


def test_what_has_not_changed_is_seen_again_and_nothing_is_added(clinic: Patrolled) -> None:
    clinic.walks_round()
    first = clinic.looks()["checker"]
    clinic.walks_round()
    second = clinic.looks()["checker"]

    seen = clinic.reads(lambda: sightings.of_name("pinned"))[MARIA]
    assert first.etag
    assert (first.etag, first.shown) == (second.etag, second.shown)
    assert seen.first_seen < seen.last_seen
    assert seen.last_seen == second.looked_at
    assert [call.status for call in clinic.world.calls("calendarList.get")][:2] == [200, 304]
    assert clinic.letters() == []


def test_the_question_names_what_it_reads_and_nothing_else(clinic: Patrolled) -> None:
    clinic.walks_round()

    (call,) = clinic.world.calls("calendarList.get")[:1]
    assert call.query == {"fields": ["kind,etag,id,summary,accessRole,deleted"], "alt": ["json"]}


def test_the_writing_permission_is_proved_alive_by_a_refresh(clinic: Patrolled) -> None:
    clinic.walks_round()

    assert clinic.looks()["integration"].looked_at is not None


def test_who_left_or_lost_the_permission_is_not_looked_at(clinic: Patrolled) -> None:
    clinic.desk.post(f"/people/{MARIA}/leave")
    begun = len(clinic.world.calls())

    clinic.walks_round()

    assert clinic.asked(begun) == []
    assert clinic.looks() == {}


def test_a_deleted_clinic_takes_its_looks_along(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.walks_round()
    with clinic.app.app_context(), of_clinic(clinic.clinic_id):
        whole.erase(clinic.world.now())
        db.session.commit()

    begun = len(clinic.world.calls())
    clinic.walks(DAY)

    assert clinic.asked(begun) == []


def test_a_permission_that_was_replaced_is_forgotten_and_the_new_one_listed(clinic: Patrolled) -> None:
    before = {look.grant_id for look in clinic.looks().values()}
    with clinic.app.app_context(), of_clinic(clinic.clinic_id):
        grants.end_all_of(MARIA, clinic.world.now())
        db.session.commit()
    clinic.desk.begins(MARIA)
    clinic.desk.trip(MARIA, "checker", MARIAS)

    clinic.walks()

    assert before.isdisjoint(look.grant_id for look in clinic.looks().values())


# ── two processes, late workers ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.over_every_database
def test_two_processes_look_once_and_tell_once(clinic: Patrolled) -> None:
    renames(clinic)
    other = clinic.another(seed=2)
    clinic.world.clock.advance(DAY.total_seconds())
    begun = len(clinic.world.calls())

    threads = [threading.Thread(target=patrol.run_once) for patrol in (clinic.patrol, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert clinic.asked(begun).count("calendarList.get") == 1
    assert len(clinic.letters()) == 2


def test_a_press_makes_hers_due_and_no_faster_than_once_a_minute(clinic: Patrolled) -> None:
    clinic.desk.begins(MARIA)
    address = f"/setup/{MARIA}/watch/look"
    page = clinic.desk.client.post(address, data={"csrf_token": clinic.desk.token()}, follow_redirects=True).text
    pressed = clinic.walks(timedelta(seconds=1))
    clinic.desk.post(address)
    at_once = clinic.walks(timedelta(seconds=1))
    clinic.desk.post(address)
    later = clinic.walks(timedelta(minutes=1))

    assert "We look within a minute." in page
    assert (pressed, at_once, later) == (2, 0, 0)
    clinic.desk.post(address)
    assert clinic.walks(timedelta(seconds=1)) == 2


@pytest.mark.over_every_database
def test_what_two_processes_list_at_once_is_listed_once(clinic: Patrolled) -> None:
    before = clinic.looks()
    grant = clinic.reads(lambda: grants.standing([MARIA])[0])
    clinic.reads(lambda: patrols.add(grant.permission, [(grant, clinic.world.now())]))

    assert {kind: look.due_at for kind, look in clinic.looks().items()} == {
        kind: look.due_at for kind, look in before.items()
    }


@pytest.mark.over_every_database
def test_a_look_whose_worker_died_is_done_again_when_its_lease_is_over(clinic: Patrolled) -> None:
    clinic.world.clock.advance(DAY.total_seconds())
    now = clinic.world.now()
    clinic.reads(lambda: patrols.claim(now, now + timedelta(seconds=60), 10))

    held, later = clinic.walks(timedelta(seconds=30)), clinic.walks(timedelta(seconds=31))

    assert (held, later) == (0, 2)


def test_one_look_is_carried_out_by_its_number_and_only_when_it_is_due(clinic: Patrolled) -> None:
    look = clinic.looks()["checker"]
    early = clinic.patrol.try_one(clinic.clinic_id, look.id)
    clinic.world.clock.advance(DAY.total_seconds())

    due, again = (clinic.patrol.try_one(clinic.clinic_id, look.id) for _ in range(2))

    assert (early, due, again) == (False, True, False)
    assert len(clinic.world.calls("calendarList.get")) == 1
    assert clinic.patrol.try_one(clinic.clinic_id, 9999) is False


# ── weather and refusals ──────────────────────────────────────────────────────────────────────────────────────────────


def test_weather_backs_off_and_disturbs_nobody(clinic: Patrolled) -> None:
    clinic.google.goes_silent()
    clinic.walks_round()
    look = clinic.looks()["checker"]
    overview = clinic.desk.client.get("/overview").text
    clinic.google.answers_again()
    for _ in range(3):
        clinic.walks(HALF_AN_HOUR)

    assert (look.failure, look.looked_at, look.tries > 1) == ("GOOGLE-BUSY", None, True)
    assert "<b>Needs attention</b>" not in overview
    assert clinic.looks()["checker"].failing_since is None
    assert [subject for _, subject in clinic.subjects() if "not answering" not in subject] == [
        "Google Calendar Sync: it is cured"
    ]


def test_after_four_hours_of_silence_the_administrator_reads_since_when_and_how_much_waits(clinic: Patrolled) -> None:
    clinic.google.goes_silent()
    clinic.world.clock.advance(DAY.total_seconds())
    clinic.walks()
    for _ in range(7):
        clinic.walks(HALF_AN_HOUR)
    before = clinic.letters()
    for _ in range(8):
        clinic.walks(HALF_AN_HOUR)

    ((to, subject, words),) = clinic.letters()
    assert before == []
    assert (to, subject) == (DANA, "Google Calendar Sync: Google is not answering")
    assert "Google has not answered since" in words
    assert "2 permissions could not be looked at" in words


def test_what_waits_for_a_new_consent_is_no_silence_of_googles(clinic: Patrolled) -> None:
    clinic.moves_her_test()
    met = clinic.world.now()
    clinic.reads(lambda: deliveries.put_off(1, met + SOON, "GOOGLE-BUSY", met))
    clinic.world.removes_permission(MARIAS, "integration")

    clinic.walks(DAY)

    codes = {drift.code for drift in clinic.drifts()}
    assert ("REVOKED-PIMSY" in codes, "GOOGLE-BUSY" in codes) == (True, False)


def test_a_silent_google_is_left_alone_and_one_look_knocks(clinic: Patrolled) -> None:
    clinic.google.goes_silent()
    clinic.world.clock.advance(DAY.total_seconds())
    for _ in range(PATIENCE):
        clinic.walks(timedelta(minutes=10))
    begun = len(clinic.world.calls())

    clinic.walks(timedelta(minutes=10))

    assert len(clinic.world.calls()) - begun == 1


def test_a_refused_installation_stops_calling_everywhere_and_tells_administrators_alone(clinic: Patrolled) -> None:
    clinic.world.plan(Fault("accessNotConfigured", "calendarList.get", times=None))
    clinic.world.plan(Fault("invalid_client", "token", times=None))
    clinic.world.clock.advance(DAY.total_seconds())
    clinic.walks()
    begun = len(clinic.world.calls())
    clinic.another().run_once()
    clinic.walks(timedelta(minutes=10))

    assert clinic.asked(begun) == []
    assert [to for to, _, _ in clinic.letters()] == [DANA]
    assert "python -m wizard doctor" in clinic.letters()[0][2]


def test_a_used_quota_waits_an_hour(clinic: Patrolled) -> None:
    clinic.world.plan(Fault("quotaExceeded", "calendarList.get", times=None))
    clinic.world.clock.advance(DAY.total_seconds())
    clinic.walks()

    look = clinic.looks()["checker"]
    assert look.failure == "QUOTA"
    assert timedelta(minutes=59) < look.due_at - clinic.world.now() <= timedelta(hours=1)


# ── what is told ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_renamed_calendar_is_told_to_the_person_and_the_administrator_once_and_weekly(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.walks_round()
    overview = clinic.desk.client.get("/overview").text
    first = clinic.letters()
    clinic.walks_round(times=3)
    quiet = len(clinic.letters())
    clinic.walks(WEEK)

    assert RENAMED in overview
    assert [to for to, _, _ in first] == [MARIAS, DANA]
    assert RENAMED in first[0][2]
    assert "http://127.0.0.1:5000/setup/1/fix" in first[0][2]
    assert f"- Maria Lopez: {RENAMED}" in first[1][2]
    assert (quiet, len(clinic.letters())) == (2, 4)


@pytest.mark.over_every_database
def test_what_is_cured_is_said_once_and_what_returns_at_once_is_not_told_again(clinic: Patrolled) -> None:
    for _ in range(3):
        renames(clinic)
        clinic.walks_round()
        renames(clinic, "Old calendar", "PIMSY Calendar")
        clinic.walks_round()

    told = [subject for to, subject in clinic.subjects() if to == MARIAS]
    assert told == [
        "Google Calendar Sync: PIMSY Calendar has another name",
        "It is cured: PIMSY Calendar has another name",
    ]


def test_what_returned_and_lasts_is_told_again_after_a_day(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.walks_round()
    renames(clinic, "Old calendar", "PIMSY Calendar")
    clinic.walks_round()
    renames(clinic)
    clinic.walks_round()
    early = len(clinic.letters())
    clinic.walks_round(times=4)

    assert (early, len(clinic.letters())) == (4, 6)


def test_a_clock_set_back_tells_nothing_twice_and_silences_nothing_for_ever(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.walks_round(times=2)
    clinic.world.clock.advance(timedelta(days=100).total_seconds())
    clinic.walks_round()
    ahead = len(clinic.letters())
    clinic.world.clock.advance(-timedelta(days=100).total_seconds())
    clinic.walks()
    back = len(clinic.letters())
    clinic.walks(WEEK + DAY)

    assert (ahead, back, len(clinic.letters())) == (4, 4, 6)


@pytest.mark.over_every_database
def test_a_restart_between_looking_and_telling_loses_no_letter(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.world.clock.advance(DAY.total_seconds())
    clinic.patrol._tell = lambda: None  # type: ignore[method-assign]  # the process ends here
    clinic.patrol.run_once()
    clinic.patrol = clinic.another()

    clinic.walks()

    assert [to for to, _, _ in clinic.letters()] == [MARIAS, DANA]


def test_without_mail_the_overview_says_it_and_the_letter_waits_for_a_mail_server(clinic: Patrolled) -> None:
    clinic.has_mail = False
    clinic.patrol = clinic.another()
    renames(clinic)
    clinic.walks_round()
    silent = clinic.letters()
    page = clinic.desk.client.get(f"/setup/{MARIA}/watch").text
    clinic.has_mail = True
    clinic.patrol = clinic.another()
    clinic.walks()

    assert silent == []
    assert "PIMSY Calendar has another name: since" in page
    assert [to for to, _, _ in clinic.letters()] == [MARIAS, DANA]


def test_who_was_never_set_up_gets_no_letter(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.creates_calendar()
    clinic = Patrolled(app, google, desk)
    clinic.walks()
    renames(clinic)

    clinic.walks_round()

    assert RENAMED in desk.client.get("/overview").text
    assert clinic.letters() == []


def test_no_letter_holds_a_client_or_a_secret_and_the_log_says_to_whom(clinic: Patrolled) -> None:
    clinic.world.removes_permission(MARIAS, "integration")
    renames(clinic)
    clinic.walks_round()

    words = "\n".join(words for _, _, words in clinic.letters())
    page = clinic.desk.client.get("/log").text
    assert len(clinic.letters()) == 4
    assert "Client" not in words.replace("clients", "")
    assert "REVOKED-PIMSY, to Maria Lopez" in page
    assert "to Dana Hill" in page


def test_who_leaves_gets_no_more_letters(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.walks_round()
    clinic.desk.post(f"/people/{MARIA}/leave")
    clinic.walks_round()

    assert len(clinic.letters()) == 2
    assert clinic.drifts() == []


def test_a_removed_checker_or_computer_is_no_cure(clinic: Patrolled) -> None:
    clinic.world.removes_permission(MARIAS, "checker")
    renames(clinic)
    clinic.walks_round()
    told = clinic.letters()

    with clinic.app.app_context(), of_clinic(clinic.clinic_id):
        for desk in workstations.all_of_clinic():
            desk.retired_at = clinic.world.now()
        db.session.commit()
    clinic.walks_round()
    lasting = [drift.code for drift in clinic.drifts()]
    with clinic.app.app_context(), of_clinic(clinic.clinic_id):
        for desk in workstations.ever():
            desk.retired_at = None
        (grant,) = [one for one in grants.standing([MARIA]) if one.permission == "checker"]
        grants.end(grant, clinic.world.now())
        db.session.commit()
    clinic.walks_round()

    assert lasting == ["REVOKED-CHK"]
    assert (clinic.drifts(), clinic.letters()) == ([], told)


@pytest.mark.over_every_database
def test_a_repaired_permission_is_cured_and_looked_at_again(clinic: Patrolled) -> None:
    clinic.world.removes_permission(MARIAS, "checker")
    clinic.walks_round()
    broken = clinic.subjects()
    clinic.desk.begins(MARIA)
    clinic.desk.trip(MARIA, "checker", MARIAS)
    clinic.desk.check(MARIA, "create-calendar", now="1")
    clinic.walks(timedelta(hours=2))

    assert broken == [
        (MARIAS, "Google Calendar Sync: the permission to look was removed at Google"),
        (DANA, "Google Calendar Sync: Maria Lopez: the permission to look was removed at Google"),
    ]
    assert clinic.subjects()[2:] == [
        (MARIAS, "It is cured: the permission to look was removed at Google"),
        (DANA, "Google Calendar Sync: it is cured"),
    ]


def test_letters_leave_by_the_postman(clinic: Patrolled) -> None:
    renames(clinic)
    clinic.walks_round()
    clinic.services.postman.run_once()  # type: ignore[attr-defined]  # the Postman, of which views know less

    waiting = clinic.reads(lambda: [mail for mail in mails.of_clinic() if mail.sent_at is None])
    names = clinic.reads(lambda: [person.name for person in people.everyone()])
    page = clinic.desk.client.get("/try-out/mailbox").text
    assert waiting == []
    assert "Maria Lopez" in names
    assert "Google Calendar Sync: PIMSY Calendar has another name" in page
