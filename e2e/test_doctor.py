"""An administrator asks whether the installation is fit, and mends what is named."""

from playwright.sync_api import expect

from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.people import AccountPage


def test_dana_finds_the_wrong_clock_and_a_silent_google(clinic: Clinic, google: FakeGoogle, world: World) -> None:
    world.clock.skew_s = 400
    doctor = clinic.desk().opens("/account", AccountPage).asks_whether_the_installation_is_fit()
    expect(doctor.check("Clock")).to_contain_text("Not looked at")

    doctor = doctor.looks_now()
    expect(doctor.conclusion).to_contain_text("This installation is not fit")
    expect(doctor.check("Clock")).to_contain_text("7 minutes behind Google's")
    expect(doctor.check("Clock")).to_contain_text("What to do: Let the computer set its clock by itself")
    expect(doctor.check("Clients at Google")).to_contain_text("Google knows both clients and their secrets.")

    world.clock.skew_s = 0
    google.goes_silent()
    world.clock.advance(60)
    doctor = doctor.looks_now()
    expect(doctor.check("Way to Google")).to_contain_text("No usable answer from localhost")
    expect(doctor.check("Clock")).to_contain_text("Not looked at")

    google.answers_again()
    world.clock.advance(60)
    doctor = doctor.looks_now()
    expect(doctor.conclusion).to_contain_text("This installation is")
    expect(doctor.check("Clock")).to_contain_text("agrees with Google's")
    expect(doctor.check("Way to Google")).to_contain_text("The sign-in service and the Calendar API answer.")
