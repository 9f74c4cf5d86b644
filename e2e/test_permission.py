"""Google's page when it is not simply accepted: Cancel, an empty box, and a permission that is removed later."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import Connections, SignedOut
from e2e.pages.people import FixPage, RecordPage
from e2e.pages.step import AcceptPage, CreateCalendarPage, SignOutPage, TestAppointmentPage

MARIA = "maria@clinic.example"


def test_cancel_at_step_1_shares_nothing_and_can_be_thought_over(clinic: Clinic, world: World) -> None:
    step = clinic.desk().prepares("Maria Lopez").begins().opens(CreateCalendarPage)

    who = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre)
    step = who.continues(Permissions).cancels(CreateCalendarPage)
    expect(step.verdict).to_contain_text("You chose Cancel on Google's page. Nothing was shared.")
    expect(step.card).to_have_text("card 10")
    assert world.grants == {}

    consent = step.asks_again(ChooseAccount).chooses(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")


def test_cancel_at_step_6_writes_nothing_and_can_be_thought_over(clinic: Clinic, world: World) -> None:
    booking = clinic.desk().prepares("Maria Lopez").up_to("test-appointment").opens(TestAppointmentPage)

    who = booking.books(ChooseAccount).chooses(MARIA, WhoYouAre)
    accept = who.continues(Permissions).cancels(AcceptPage)
    expect(accept.verdict).to_contain_text("You chose Cancel on Google's page. Nothing was shared.")
    clinic.installation.delivers()
    assert world.events_in(MARIA, "PIMSY Calendar") == []

    consent = accept.asks_again(ChooseAccount).chooses(MARIA, WhoYouAre).continues(Permissions)
    accept = consent.continues(AcceptPage)
    expect(accept.verdict).to_contain_text("arrived at 10:0")


def test_a_box_left_empty_is_named_and_asked_for_again(clinic: Clinic) -> None:
    step = clinic.desk().prepares("Maria Lopez").begins().opens(CreateCalendarPage)

    consent = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("See the events on Google calendars you own").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("One box was left empty: See the list of Google calendars")
    expect(step.card).to_have_text("card 11")

    consent = step.asks_again(ChooseAccount).chooses(MARIA, Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("We do not see PIMSY Calendar in maria@clinic.example yet.")


def test_a_checker_removed_at_google_is_connected_again_and_nothing_else_is_undone(
    clinic: Clinic, world: World
) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("record")
    step = maria.opens(CreateCalendarPage)

    world.removes_permission(MARIA, "checker")
    step.checks_again()
    expect(step.verdict).to_contain_text("lost its permission. Appointments are not affected.")
    expect(step.card).to_have_text("card 17")

    consent = step.connects_again(ChooseAccount).chooses(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")
    expect(maria.opens_the_hub().heading).to_have_text("Maria Lopez on Front desk 1: 6 of 6")


def test_a_permission_removed_at_google_is_repaired_at_both_desks(clinic: Clinic, world: World) -> None:
    first, second = clinic.desk("Front desk 1"), clinic.desk("Front desk 2")
    maria = first.prepares("Maria Lopez").up_to("record")
    maria_there = second.prepares("Maria Lopez").again_here()

    fix = maria.opens_the_hub().says_something_is_wrong()
    expect(fix.main).to_contain_text(
        "This ends it on all of Maria's computers until step 6 is done on each: Front desk 1, Front desk 2."
    )
    expect(fix.main).to_contain_text("It does not touch Calendar Sync Checker.")
    fix.opens_googles_list(Connections).removes("PIMSY Calendar Integration").tab.closes()
    fix = fix.looks_at_everything(FixPage)
    expect(fix.main).to_contain_text("6. The permission of PIMSY Calendar Integration was removed at Google.")

    expect(fix.computer("Front desk 1 (this computer)")).to_contain_text("Not checked – next: step 2")
    expect(fix.computer("Front desk 2")).to_contain_text("Not checked – next: step 2")

    # the first desk: 2, 5 and 6
    first.opens_at_google("/Logout", SignedOut).tab.closes()
    out = fix.continues(2, SignOutPage).checks_that_she_is_signed_out()
    booking = out.continues(TestAppointmentPage).books_it_again()
    who = booking.books(ChooseAccount).chooses(MARIA, WhoYouAre)
    accept = who.continues(Permissions).continues(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:")
    record = accept.continues(RecordPage)
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")

    # the second is not repaired by the first
    fix = maria.opens_the_hub().says_something_is_wrong()
    expect(fix.computer("Front desk 1 (this computer)")).to_contain_text("Verified")
    expect(fix.computer("Front desk 2")).to_contain_text("Not checked – next: step 2")
    hub = maria_there.opens_the_hub()
    expect(hub.heading).to_have_text("Maria Lopez on Front desk 2: 3 of 6")
    second.opens_at_google("/Logout", SignedOut).tab.closes()
    out = hub.continues(2, SignOutPage).checks_that_she_is_signed_out()
    booking = out.continues(TestAppointmentPage).books_it_again()
    accept = booking.books(ChooseAccount).chooses(MARIA, Permissions).continues(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 2's time arrived at 10:")
