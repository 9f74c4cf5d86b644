"""The Stand-in behind the port: its settings, folders and clients, and the facts it answers."""

from datetime import timedelta

import pytest

from e2e.launcher import TODAY
from wizard.evidence import Appointment, FolderFact, SettingFact
from wizard.practice.builtin import BuiltIn, calendar, furnish, personnel, settings
from wizard.practice.builtin.personnel import Details
from wizard.practice.builtin.typed import Rules, Wish
from wizard.store import clients, folders, practice_settings, slots
from wizard.store.database import db
from wizard.store.people import Person, everyone
from wizard.store.workstations import Workstation

SIX = TODAY + timedelta(hours=20, minutes=10)  # Tuesday, 6:10 AM
LATER = TODAY + timedelta(minutes=5)


def save(value: str, desk: Workstation) -> None:
    settings.save({settings.SYNC: value}, at=LATER, who="Dana Hill", workstation_id=desk.id)


def test_the_setting_is_the_default_until_somebody_saves_it(desk: Workstation) -> None:
    before = BuiltIn().setting()
    save("True", desk)
    on = BuiltIn().setting()
    save("", desk)
    off = BuiltIn().setting()

    where = "Front desk 1"
    assert before == SettingFact(is_on=False)
    assert on == SettingFact(is_on=True, is_touched=True, is_your_value=True, since=LATER, where=where)
    assert off == SettingFact(is_on=False, is_touched=True, is_your_value=False, since=LATER, where=where)


def test_saving_the_default_as_your_value_turns_nothing(desk: Workstation) -> None:
    save("False", desk)

    assert BuiltIn().setting() == SettingFact(is_on=False, is_touched=True, is_your_value=True, where="Front desk 1")


def test_a_clinic_without_the_row_has_it_off(desk: Workstation) -> None:
    row = practice_settings.find(settings.SYNC)
    db.session.delete(row)
    db.session.flush()

    assert BuiltIn().setting() == SettingFact(is_on=False)
    assert not settings.is_on()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("calendar", [-233, -287, -295]),
        (" CALENDAR ", [-233, -287, -295]),
        ("233", [-233]),
        ("-233", [-233]),
        ("calendar - allow", [-233]),
        ("Calendar – Allow", [-233]),
        ("color", [-287, -295]),
        ("google account", [-233]),
        ("nothing like it", []),
    ],
)
@pytest.mark.usefixtures("clinic")
def test_the_filter_finds_by_number_name_and_description(text: str, numbers: list[int]) -> None:
    assert [row.number for row in settings.filtered(text)] == numbers


@pytest.mark.usefixtures("clinic")
def test_an_empty_filter_shows_every_setting_smallest_number_first() -> None:
    numbers = [row.number for row in settings.filtered("")]

    assert len(numbers) == 14
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({-233: "True"}, []),
        ({-233: ""}, []),
        ({-12: "20"}, []),
        ({-233: "true"}, [("value-233", "Choose True or False for -233, or leave it empty")]),
        ({-171: "A3"}, [("value-171", "Choose Letter or Legal or A4 for -171, or leave it empty")]),
        ({-12: "x" * 201}, [("value-12", "Shorten the value of -12 to 200 letters")]),
        ({-12: "1\n2"}, [("value-12", "Use letters, numbers and spaces only for -12")]),
    ],
)
@pytest.mark.usefixtures("clinic")
def test_what_cannot_be_saved_as_your_value(values: dict[int, str], problems: list[tuple[str, str]]) -> None:
    assert settings.problems_of(values) == problems


def test_only_what_changed_is_edited(desk: Workstation) -> None:
    changed = settings.save({-233: "", -12: "20", 7: "x"}, at=LATER, who="Dana Hill", workstation_id=desk.id)

    assert changed == [-12]
    assert [row.number for row in practice_settings.everything() if row.edited_at] == [-12]


def details(google_account: str, *, is_suspended: bool = False) -> Details:
    return Details(google_account, is_suspended, profile="Clinician", email="")


def test_a_folder_says_whose_account_it_names_and_who_saved_it_where(maria: Person, desk: Workstation) -> None:
    before = BuiltIn().folders([maria.id])
    personnel.save(
        maria, details("maria@clinic.example", is_suspended=True), at=LATER, who="Dana Hill", workstation_id=desk.id
    )
    after = BuiltIn().folders([maria.id])

    assert before == {maria.id: FolderFact(google_account="")}
    assert after == {
        maria.id: FolderFact(
            "maria@clinic.example", is_suspended=True, is_touched=True, saved_at=LATER, where="Front desk 1"
        )
    }


def test_a_person_nobody_furnished_has_an_empty_folder_and_no_client(desk: Workstation) -> None:
    new = Person(name="Kim Wood")
    db.session.add(new)
    db.session.flush()

    before = BuiltIn().folders([new.id])[new.id]
    personnel.save(new, details("kim@clinic.example"), at=LATER, who="Dana Hill", workstation_id=desk.id)
    for _ in range(2):
        personnel.add_test_client(new, at=LATER, who="Dana Hill", workstation_id=desk.id)

    assert before == FolderFact(google_account="", has_client=False)
    assert [client.name for client in clients.of_people([new.id])] == ["Test Client"]
    assert BuiltIn().folders([new.id])[new.id] == FolderFact(
        "kim@clinic.example", is_touched=True, saved_at=LATER, where="Front desk 1"
    )


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (details(""), []),
        (details("maria@clinic.example"), []),
        (details("a" * 242 + "@clinic.example"), ["google_account"]),
        (details("maria"), ["google_account"]),
        (details("maria@@clinic.example"), ["google_account"]),
        (details("maria @clinic.example"), ["google_account"]),
        (details("maria@clinic.example, joe@clinic.example"), ["google_account"]),
        (details("maria@clinic.example\u200b"), ["google_account"]),
        (Details("", is_suspended=False, profile="Owner", email="x"), ["profile", "email"]),
    ],
)
def test_what_cannot_be_saved_in_a_folder(typed: Details, fields: list[str]) -> None:
    assert [field for field, _ in personnel.problems_of(typed)] == fields


@pytest.mark.usefixtures("clinic")
def test_furnishing_twice_changes_nothing() -> None:
    def there() -> tuple[int, int, int]:
        ids = [person.id for person in everyone()]
        return len(practice_settings.everything()), len(folders.of_people(ids)), len(clients.of_people(ids))

    before = there()
    furnish(everyone(), LATER)

    assert before == there() == (14, 4, 12)


def test_of_several_tests_at_one_slot_the_one_that_stands_counts(
    maria: Person, desk: Workstation, rules: Rules, ready: None
) -> None:
    slot = slots.add(maria.id, desk.id, SIX, "America/New_York", 10, TODAY)
    wish = Wish(clients.of_people([maria.id])[0].id, "TEST", "Main office", SIX, 10)

    def book() -> int:
        return calendar.book(maria, desk.id, wish, rules, at=TODAY, who="Dana Hill").id

    def shown() -> object:
        found = BuiltIn().test_appointments([slot.id])
        assert isinstance(found, dict)
        return found.get(slot.id)

    def own(appointment_id: int) -> object:
        row = calendar.of_person(maria, appointment_id)
        assert row is not None
        return Appointment(slot.id, row.starts_at, 10, TODAY, row.cancelled_at, mark=row.event_id)

    nothing = shown()
    first = book()
    found_first = shown() == own(first)
    moved = calendar.of_person(maria, first)
    assert moved is not None
    calendar.move(maria, moved, SIX + timedelta(hours=1), rules, at=TODAY, who="Dana Hill")
    second = book()
    found_second = shown() == own(second)
    cancelled = calendar.of_person(maria, second)
    assert cancelled is not None
    calendar.cancel(maria, cancelled, at=TODAY, who="Dana Hill")
    calendar.move(maria, moved, SIX, rules, at=TODAY, who="Dana Hill")

    assert nothing is None
    assert found_first
    assert found_second
    assert shown() == own(first)
