"""Maria sets herself up by her own link; what only Dana may do, Dana does at her own desk, and both windows follow."""

from playwright.sync_api import expect

from e2e.desk import Clinic, Desk
from e2e.pages.google import ChooseAccount, Permissions, SignIn, WhoYouAre
from e2e.pages.google_account import NewCalendar, SignedOut
from e2e.pages.links import CodePage, EndedLinkPage, LinksPage, MailboxPage, OwnLinkPage
from e2e.pages.people import AccountPage, HubPage, OverviewPage, RecordPage
from e2e.pages.practice import FolderPage, SettingsPage
from e2e.pages.start import StartPage
from e2e.pages.step import (
    AcceptPage,
    CreateCalendarPage,
    EnableSettingPage,
    PersonnelFolderPage,
    SignOutPage,
    TestAppointmentPage,
)

MARIA = "maria@clinic.example"


def test_maria_at_her_desk_and_dana_at_hers(clinic: Clinic) -> None:
    office = clinic.desk("Office")
    overview = office.opens("/overview", OverviewPage)
    overview.tab.page.clock.install()
    overview = overview.tab.reloads(OverviewPage)
    made = office.opens("/people/links", LinksPage).makes_a_link_for("Maria Lopez")
    expect(made.card("Maria Lopez")).to_contain_text("From Dana Hill, Maple Clinic.")

    setting = maria_comes_to_step_3(clinic.desk("Front desk 1"), made.address)
    expect(setting.verdict).to_contain_text("Dana does this")
    expect(setting.form.sync).to_have_count(0)
    setting.tab.page.clock.install()
    setting = setting.tells("Dana")
    expect(setting.verdict).to_contain_text("Waiting for Dana")
    expect(setting.way_on).to_have_count(0)

    overview.tab.page.clock.fast_forward("00:10")
    expect(overview.asked).to_contain_text("Maria Lopez waits for step 3")
    settings = overview.does_what_is_asked("Turn on the setting", SettingsPage)
    settings = settings.form.sets_the_sync("True", SettingsPage)
    setting.tab.page.clock.fast_forward("00:03")
    expect(setting.verdict).to_contain_text("-233 is True since 10:0")
    expect(setting.verdict).not_to_contain_text("Waiting for Dana")
    expect(setting.spoken).to_contain_text("Verified. -233 is True since 10:0")

    folder = setting.continues(PersonnelFolderPage).tells("Dana")
    overview = settings.tab.goes(settings.tab.link("Overview"), OverviewPage)
    expect(overview.asked).to_contain_text("Maria Lopez waits for step 4")
    mending = overview.does_what_is_asked("Name the Google account in the personnel folder", FolderPage)
    expect(mending.form.account).to_have_value(MARIA)
    mending = mending.form.saves(FolderPage)
    folder.tab.page.clock.fast_forward("00:03")
    expect(folder.verdict).to_contain_text("Maria's folder names maria@clinic.example, who owns the calendar.")

    record = maria_books_and_accepts(folder.continues(TestAppointmentPage))
    expect(record.heading).to_have_text("Maria Lopez is set up on Front desk 1")
    expect(record.main).not_to_contain_text("Joe Hale")

    overview = mending.tab.goes(mending.tab.link("Overview"), OverviewPage)
    expect(overview.asked).to_have_count(0)
    expect(overview.cell("Maria Lopez", "Front desk 1")).to_contain_text("Verified")
    expect(overview.opens_the_links(LinksPage).row("Maria Lopez")).to_contain_text("Has begun")
    office.opens_at_google("/calendar/", SignIn)  # at Dana's desk nobody is signed in to Google


def maria_comes_to_step_3(desk: Desk, address: str) -> EnableSettingPage:
    """From her link, at a computer without a name, through the two steps that are hers alone."""
    own = desk.new_tab().visits(address, OwnLinkPage)
    expect(own.main).to_contain_text("This opens the set-up of Maria Lopez.")
    expect(own.main).to_contain_text("From Dana Hill, Maple Clinic")
    start = own.begins(StartPage)
    expect(start.tab.page.get_by_role("radio")).to_have_count(0)
    expect(start.tab.link("Overview")).to_have_count(0)
    step = start.calls_the_computer("Front desk 1").continues(CreateCalendarPage)
    consent = step.connects(SignIn).signs_in_as(MARIA, WhoYouAre).continues(Permissions)
    step = consent.ticks("Select all").continues(CreateCalendarPage)
    step.copies_the_name()
    step.opens_google_calendar(NewCalendar).pastes_and_creates().tab.closes()
    expect(step.verdict).to_contain_text("Found PIMSY Calendar in maria@clinic.example.")
    out = step.continues(SignOutPage)
    out.opens_googles_sign_out(SignedOut).tab.closes()
    return out.checks_that_she_is_signed_out().continues(EnableSettingPage)


def maria_books_and_accepts(booking: TestAppointmentPage) -> RecordPage:
    consent = booking.books(ChooseAccount).chooses(MARIA, WhoYouAre).continues(Permissions)
    accept = consent.continues(AcceptPage)
    accept.tab.page.clock.fast_forward("00:03")
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:0")
    return accept.continues(RecordPage)


def test_a_link_that_is_taken_back_asks_dana_in_the_middle_of_a_step(clinic: Clinic) -> None:
    office = clinic.desk("Office")
    office.seeing.lets_by("status of 4")  # 401 and 410 are written into the console by Chromium itself
    made = office.opens("/people/links", LinksPage).makes_a_link_for("Maria Lopez")
    address = made.address
    desk = clinic.desk("Front desk 1")
    tab = desk.new_tab()
    tab.page.clock.install()
    step = tab.visits(address, OwnLinkPage).begins(StartPage).calls_the_computer("Front desk 1")
    hub = step.continues(CreateCalendarPage).opens_the_hub("Maria Lopez", HubPage)
    account = hub.tab.goes(hub.tab.link("Account"), AccountPage)
    expect(account.tab.says("Your link is good until 11/30.")).to_be_visible()
    setting = account.tab.visits(f"{clinic.installation.url}/setup/1/enable-setting", EnableSettingPage)

    links = made.tab.goes(made.tab.link("‹ Links for people"), LinksPage)
    links = links.asks_what_ends_for("Maria Lopez").takes_them_back()
    setting.tab.page.clock.fast_forward("00:03")
    expect(setting.main.get_by_role("alert")).to_contain_text("This link has ended. Ask Dana for a new link.")
    ended = setting.tab.visits(address, EndedLinkPage).asks_for_a_new_one()
    expect(ended.main).to_contain_text("Dana is told since 10:0")

    links = links.tab.reloads(LinksPage)
    expect(links.row("Maria Lopez")).to_contain_text("Asks for a new link")


def test_everybody_gets_her_link_by_mail(clinic: Clinic) -> None:
    office = clinic.desk("Office")
    office.new_tab().visits(f"{clinic.installation.url}/people/links", LinksPage).tab.closes()
    tab = office.new_tab()
    tab.page.clock.install()
    links = tab.visits(f"{clinic.installation.url}/people/links", LinksPage).mails_everybody()
    clinic.installation.sends_letters()
    tab.page.clock.fast_forward("00:03")
    expect(links.letters).to_contain_text("3 of 3 sent")

    mailbox = links.opens_the_mailbox()
    address = mailbox.link_in_the_letter_to("joe@clinic.example")
    expect(mailbox.letter_to("joe@clinic.example")).to_contain_text("this is from Dana Hill, Maple Clinic.")

    own = clinic.desk("Front desk 2", phone=True, dark=True).new_tab().visits(address, OwnLinkPage)
    expect(own.main).to_contain_text("This opens the set-up of Joe Hale.")
    own.begins(StartPage)
    links = mailbox.tab.visits(f"{clinic.installation.url}/people/links", LinksPage)
    expect(links.row("Joe Hale")).to_contain_text("Has begun")
    links.makes_cards()


def test_without_javascript_a_code_is_typed_from_paper(clinic: Clinic) -> None:
    made = clinic.desk("Office", javascript=False).opens("/people/links", LinksPage).makes_a_link_for("Joe Hale")
    code = made.address.rsplit("/", 1)[1].upper().replace("-", " ")
    desk = clinic.desk("Front desk 2", javascript=False)

    own = desk.opens("/go", CodePage).types(code, OwnLinkPage)
    step = own.begins(StartPage).calls_the_computer("Front desk 2").continues(CreateCalendarPage)
    setting = step.tab.visits(f"{clinic.installation.url}/setup/2/enable-setting", EnableSettingPage).tells("Dana")

    expect(setting.verdict).to_contain_text("Waiting for Dana")
    setting.checks_without_script(EnableSettingPage)


def test_every_page_of_links(clinic: Clinic) -> None:
    """Also those that no story visits, on a small screen in the dark."""
    desk = clinic.desk("Office", phone=True, dark=True)
    desk.seeing.lets_by("status of 4")
    links = desk.opens("/people/links", LinksPage)
    made = links.makes_a_link_for("Sam Reed")
    desk.new_tab().visits(made.address, OwnLinkPage)  # with Dana signed in: it says that she is signed out by it
    links = made.tab.goes(made.tab.link("‹ Links for people"), LinksPage)
    links.asks_what_ends_for("Sam Reed").takes_them_back().makes_cards()
    desk.opens("/try-out/mailbox", MailboxPage)
    desk.opens("/go", CodePage)
    desk.opens("/go/no-such-link", CodePage)
