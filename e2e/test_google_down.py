"""Google does not answer for a while: nothing that was seen is taken back, and nobody is told it was their fault."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.people import FixPage
from e2e.pages.step import AcceptPage, CreateCalendarPage, SignOutPage

MARIA = "maria@clinic.example"


def test_what_was_verified_stays_while_google_is_silent_and_is_looked_at_again(
    clinic: Clinic, google: FakeGoogle
) -> None:
    step = clinic.desk().prepares("Maria Lopez").up_to("sign-out").opens(CreateCalendarPage)
    expect(step.verdict).to_contain_text("Found PIMSY Calendar")

    google.goes_silent()
    step.checks_again()
    expect(step.verdict).to_contain_text("The last look brought no answer (card 37). What stands here was seen before.")
    expect(step.verdict).to_contain_text("Verified")
    expect(step.way_on).to_be_visible()

    google.answers_again()
    step.checks_again()
    expect(step.verdict).not_to_contain_text("The last look brought no answer")
    expect(step.verdict).to_contain_text("Verified")


def test_an_appointment_waits_for_google_and_arrives_once_when_it_is_back(
    clinic: Clinic, google: FakeGoogle, world: World
) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("accept")
    google.breaks("unavailable", "events.*", times=None)

    google.accepts(MARIA)
    accept = maria.opens(AcceptPage).opens_googles_page(AcceptPage)
    clinic.installation.delivers()
    accept.checks_now()
    expect(accept.verdict).to_contain_text("Google is not answering. It is not something you did.")
    expect(accept.verdict).to_contain_text("Waiting")

    google.answers_again()
    world.clock.advance(10 * 60)
    clinic.installation.delivers()
    accept.checks_now()
    expect(accept.verdict).to_contain_text("The appointment of Front desk 1's time arrived at 10:1")
    assert len(world.events_in(MARIA, "PIMSY Calendar")) == 1


def test_a_silence_in_the_middle_of_the_sign_out_is_no_answer(clinic: Clinic, google: FakeGoogle) -> None:
    out = clinic.desk().prepares("Maria Lopez").up_to("sign-out").opens(SignOutPage)

    google.breaks("token_unavailable", "token")
    out = out.checks_that_she_is_signed_out()

    expect(out.verdict).to_contain_text("Google is not answering. It is not something you did.")
    expect(out.way_on).to_be_hidden()


def test_a_look_at_everything_does_not_call_silence_all_well(clinic: Clinic, google: FakeGoogle) -> None:
    fix = clinic.desk().prepares("Maria Lopez").up_to("record").opens_the_hub().says_something_is_wrong()

    google.goes_silent()
    fix = fix.looks_at_everything(FixPage)
    expect(fix.main).to_contain_text("Google is not answering. It is not something you did.")
    expect(fix.main).not_to_contain_text("found nothing wrong")

    google.answers_again()
    fix = fix.looks_at_everything(FixPage)
    expect(fix.main).to_contain_text("We looked and found nothing wrong on this computer.")
