"""It goes on looking: what stops working is found, told, repaired, and said to be cured."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.google import ChooseAccount, Permissions, WhoYouAre
from e2e.pages.google_account import Connections, SignedOut
from e2e.pages.links import MailboxPage
from e2e.pages.people import FixPage, OverviewPage, WatchPage
from e2e.pages.step import AcceptPage, SignOutPage, TestAppointmentPage

MARIA = "maria@clinic.example"
A_DAY_S = 24 * 60 * 60
REMOVED = "the permission to write appointments was removed at Google"


def test_a_permission_removed_at_google_is_found_told_repaired_and_cured(clinic: Clinic, world: World) -> None:
    installation, desk = clinic.installation, clinic.desk()
    maria = desk.prepares("Maria Lopez").up_to("record")
    installation.patrols()
    fix = maria.opens_the_hub().says_something_is_wrong()
    fix.opens_googles_list(Connections).removes("PIMSY Calendar Integration").tab.closes()

    # nobody looks, and it is found
    world.clock.advance(A_DAY_S)
    installation.patrols()
    installation.sends_letters()
    overview = desk.opens("/overview", OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text(
        "Needs attention – The permission of PIMSY Calendar Integration was removed at Google."
    )
    mailbox = overview.tab.visits(f"{installation.url}/try-out/mailbox", MailboxPage)
    expect(mailbox.letter(f"Google Calendar Sync: {REMOVED}")).to_contain_text("Hello Maria,")
    expect(mailbox.letter(f"Google Calendar Sync: Maria Lopez: {REMOVED}")).to_contain_text("dana@clinic.example")

    # the letter leads Maria to her repair
    fix = mailbox.opens_the_page_of(f"Google Calendar Sync: {REMOVED}", FixPage)
    desk.opens_at_google("/Logout", SignedOut).tab.closes()
    out = fix.continues(2, SignOutPage).checks_that_she_is_signed_out()
    booking = out.continues(TestAppointmentPage).books_it_again()
    who = booking.books(ChooseAccount).chooses(MARIA, WhoYouAre)
    accept = who.continues(Permissions).continues(AcceptPage)
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:")

    world.clock.advance(A_DAY_S)
    installation.patrols()
    installation.sends_letters()
    mailbox = accept.tab.visits(f"{installation.url}/try-out/mailbox", MailboxPage)
    expect(mailbox.letter(f"It is cured: {REMOVED}")).to_contain_text("There is nothing to do.")
    expect(mailbox.letter("Google Calendar Sync: it is cured")).to_contain_text(f"- Maria Lopez: {REMOVED}")
    watch = mailbox.tab.visits(f"{installation.url}/setup/{maria.id}/watch", WatchPage)
    expect(watch.look_by("Calendar Sync Checker")).to_contain_text("Is PIMSY Calendar still there")
    expect(watch.main).to_contain_text("The permission to write appointments was removed at Google: since 11/24")
    expect(watch.main).to_contain_text("; cured today")
    watch = watch.looks_now()
    expect(watch.main).to_contain_text("We look now.")
    overview = watch.tab.visits(f"{installation.url}/overview", OverviewPage)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified")
