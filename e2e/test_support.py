"""Support on the telephone: a card's number, six digits, a look that changes nothing, and its end."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.people import FixPage
from e2e.pages.step import CreateCalendarPage
from e2e.pages.support import DigitsPage, EverybodyPage
from e2e.pages.tab import AnyPage

MARIA = "maria@clinic.example"


def test_support_looks_with_maria_for_a_while(clinic: Clinic, google: FakeGoogle, world: World) -> None:
    clinic.seeing.lets_by("status of 422")
    desk, telephone = clinic.desk(), clinic.desk("Support")
    world.adds_calendar(MARIA, "Pimsy calendar")
    maria = desk.prepares("Maria Lopez").begins()
    google.accepts(MARIA)
    step = maria.opens(CreateCalendarPage).connects(CreateCalendarPage)
    expect(step.card).to_have_text("card 02")

    digits = desk.opens(f"{maria.path}/fix", FixPage).lets_support_look().digits
    wrong = telephone.opens("/support", DigitsPage).types("12345", DigitsPage)
    expect(wrong.main).to_contain_text("These digits open nothing.")
    everybody = wrong.types(digits, EverybodyPage)
    expect(everybody.main).to_contain_text("You can change nothing here.")
    person = everybody.opens("Maria Lopez", "Front desk 1", AnyPage)
    expect(person.main).to_contain_text(
        "1. Create the calendar in Google: A calendar is there whose name is almost right."
    )
    expect(person.main).to_contain_text("Card 02")
    expect(person.main).not_to_contain_text("Pimsy calendar")

    fix = desk.opens(f"{maria.path}/fix", FixPage)
    expect(fix.main).to_contain_text("Support has been looking since 10:")
    fix.unfolds("2 pages were opened")
    expect(fix.main).to_contain_text("/support/clinic/1/1")
    fix.stops_the_look()

    over = telephone.opens("/support/clinic", DigitsPage)
    expect(over.main).to_contain_text("This look is over")


def test_help_says_whether_it_helped_without_a_sign_in(own_clinic: Clinic) -> None:
    stranger = own_clinic.desk("Front desk 9")
    stranger.context.clear_cookies()
    page = stranger.opens("/help/17", AnyPage)

    expect(page.heading).to_have_text("The checker lost its permission. Appointments are not affected.")
    expect(page.main).to_contain_text("What was not harmed")
    expect(page.main).to_contain_text("Say: card 17.")
    page = page.tab.goes(page.tab.button("Yes"), AnyPage)
    expect(page.main).to_contain_text("Counted: 1 said Yes, 0 said No. Nothing else was kept.")
