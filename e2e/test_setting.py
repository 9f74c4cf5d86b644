"""Steps 3 to 5 when the practice system would not send: -233 left False, the folder names somebody else."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount
from e2e.pages.practice import CalendarPage, SettingsPage
from e2e.pages.step import EnableSettingPage, PersonnelFolderPage, TestAppointmentPage

MARIA = "maria@clinic.example"


def test_a_setting_saved_as_false_is_said_and_holds_nobody_at_the_door(clinic: Clinic) -> None:
    setting = clinic.desk().prepares("Maria Lopez").up_to("enable-setting").opens(EnableSettingPage)

    setting = setting.form.sets_the_sync("False", EnableSettingPage)
    expect(setting.verdict).to_contain_text("-233 is False (your value). Nothing is sent to Google.")
    expect(setting.card).to_have_text("card 19")
    expect(setting.way_on).to_be_hidden()

    setting = setting.form.sets_the_sync("True", EnableSettingPage)
    expect(setting.verdict).to_contain_text("-233 is True since 10:0")


def test_an_appointment_booked_before_the_setting_was_true_has_to_be_booked_again(clinic: Clinic, world: World) -> None:
    desk = clinic.desk()
    maria = desk.prepares("Maria Lopez").up_to("test-appointment")
    settings = desk.opens("/practice/settings?filter=233", SettingsPage)
    settings = settings.form.sets_the_sync("", SettingsPage)

    week = desk.opens(f"/practice/calendar/{maria.id}", CalendarPage).form.books(CalendarPage)
    expect(week.week).to_contain_text("Not sent: -233 was False when it was booked")
    settings.form.sets_the_sync("True", SettingsPage)
    booking = maria.opens(TestAppointmentPage)
    expect(booking.verdict).to_contain_text("You booked at 10:0")
    expect(booking.verdict).to_contain_text("What was booked before is not sent.")
    expect(booking.card).to_have_text("card 26")
    expect(booking.tab.button("Book")).to_be_hidden()

    booking = booking.books_it_again()
    expect(booking.main).to_contain_text("Tuesday Nov 24, 6:20 AM, 10 minutes")
    booking.books(ChooseAccount)
    clinic.installation.delivers()
    assert world.events_in(MARIA, "PIMSY Calendar") == []


def test_a_setting_turned_on_at_another_computer_is_seen_here_by_itself(clinic: Clinic) -> None:
    setting = clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("enable-setting").opens(EnableSettingPage)
    setting = setting.form.sets_the_sync("False", EnableSettingPage)

    office = clinic.desk("Office").opens("/practice/settings", SettingsPage).filters("-233")
    office.form.sets_the_sync("True", SettingsPage)

    expect(setting.verdict).to_contain_text("-233 is True since 10:0")


def test_a_folder_that_names_another_account_is_shown_both_names(clinic: Clinic) -> None:
    folder = clinic.desk().prepares("Maria Lopez").up_to("personnel-folder").opens(PersonnelFolderPage)

    folder.form.account.fill("joe@clinic.example")
    folder = folder.form.saves(PersonnelFolderPage)
    expect(folder.verdict).to_contain_text("Maria's folder names joe@clinic.example.")
    expect(folder.verdict).to_contain_text("The calendar belongs to maria@clinic.example.")
    expect(folder.card).to_have_text("card 21")

    folder.tab.seeing.lets_by("status of 422")
    folder.form.account.fill("not an address")
    folder.tab.presses(folder.tab.button("Save"))
    expect(folder.tab.page.get_by_role("alert", name="There is 1 thing to change")).to_be_focused()
