"""Who joins and who leaves: a pasted list that is mended, a leaver's permission gone at Google, a clinic's end."""

import pytest
from playwright.sync_api import expect

from e2e import own
from e2e.desk import Clinic
from e2e.fake_google import FakeGoogle, World
from e2e.pages.staff import (
    AddListPage,
    DeletedPage,
    DeletePage,
    LeavingPage,
    LogPage,
    LookThroughPage,
    PeoplePage,
    PersonPage,
)

MARIA = "maria@clinic.example"
PASTE = "Name\tGoogle address\tE-mail\nIda Roe\tida@clinic.example\t\nLee Moss\tlee@\t\nMia Ott\t\tmia@home.example\n"


def permissions(world: World, account: str) -> int:
    sub = world.account(account).sub
    return sum(grant.sub == sub for grant in world.grants.values())


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_three_people_are_pasted_one_line_is_mended_and_one_leaves_again(
    clinic: Clinic, world: World, javascript: bool
) -> None:
    clinic.desk("Front desk 1").prepares("Maria Lopez").up_to("record")
    desk = clinic.desk("Office", javascript=javascript)
    desk.seeing.lets_by("status of 422")

    form = desk.opens("/people", PeoplePage).adds_people().looks_through(PASTE, AddListPage)
    expect(form.problems).to_contain_text("There is 1 thing to change")
    expect(form.problems).to_contain_text("Line 3: “lee@” is no whole address (Google address).")
    expect(form.lines).to_have_value(PASTE)
    looked = form.looks_through(PASTE.replace("lee@", "lee@clinic.example") + "Joe Hale\n", LookThroughPage)
    expect(looked.main).to_contain_text("3 people are new. 1 is here already. Nothing is written yet.")
    everybody = looked.adds("3 people")
    expect(everybody.main).to_contain_text("3 people were added. 1 was here already and stayed as it was.")
    expect(everybody.main).to_contain_text("Each of them has to be set up at: Front desk 1.")
    expect(everybody.row("Lee Moss")).to_contain_text("lee@clinic.example")
    again = everybody.adds_people().looks_through(PASTE.replace("lee@", "lee@clinic.example"), LookThroughPage)
    expect(again.main).to_contain_text("Nobody is new. 3 are here already.")

    assert permissions(world, MARIA) == 2
    leaving = desk.opens("/people", PeoplePage).opens("Maria Lopez").asks_what_ends("Maria")
    expect(leaving.main).to_contain_text("Front desk 1")
    gone = leaving.lets_her_go("Maria")
    expect(gone.main).to_contain_text("This wizard holds no permission of Maria any more.")
    expect(gone.main).to_contain_text("Front desk 1: Google may still be open there")
    gone.unfolds("Front desk 1: 6 of 6")
    expect(gone.main).to_contain_text("The appointment of Tuesday Nov 24, 6:10 AM arrived")
    assert permissions(world, MARIA) == 0

    log = desk.opens("/log", LogPage).narrows_to("Maria Lopez (left)")
    expect(log.main).to_contain_text("permission for integration taken back")
    back = gone.brings_her_back("Maria")
    expect(back.main).to_contain_text("Computers Maria has to be set up at")


def test_google_s_silence_keeps_nobody_here_and_is_tried_again(
    clinic: Clinic, world: World, google: FakeGoogle
) -> None:
    desk = clinic.desk("Front desk 1")
    desk.prepares("Maria Lopez").up_to("record")
    google.breaks("unavailable", "revoke")

    gone = desk.opens("/people/1/leave", LeavingPage).lets_her_go("Maria")
    expect(gone.problems).to_contain_text("Google did not take back every permission")
    expect(gone.main).to_contain_text("Left the clinic, today")
    assert permissions(world, MARIA) == 2

    gone = gone.tries_again()
    expect(gone.main).to_contain_text("This wizard holds no permission of Maria any more.")
    assert permissions(world, MARIA) == 0


def test_a_file_that_excel_saved_is_read(clinic: Clinic) -> None:
    data = "Name;Google address;E-mail\r\nJosé Ortiz;jose@clinic.example;\r\n".encode("cp1252")

    looked = clinic.desk().opens("/people/add", AddListPage).sends_a_file("people.csv", data, LookThroughPage)

    expect(looked.main).to_contain_text("José Ortiz")
    form = looked.changes_the_list()
    expect(form.lines).to_have_value("Name;Google address;E-mail\nJosé Ortiz;jose@clinic.example;\n")


def test_a_clinic_is_deleted_with_everything(own_clinic: Clinic) -> None:
    desk = own_clinic.desk("Office")
    desk.seeing.lets_by("status of 422")
    page = desk.opens("/account/clinic/delete", DeletePage)
    page = page.deletes("Cedar", "not hers", DeletePage)
    expect(page.problems).to_contain_text("Type the clinic's name as it stands here: Cedar Clinic")
    expect(page.problems).to_contain_text("This is not your password")

    last = page.deletes(own.NAME, own.PASSWORD, DeletedPage)

    expect(last.main).to_contain_text("When it is started the next time it prints a first-run link")


def test_a_person_s_page_says_saved(clinic: Clinic) -> None:
    person = clinic.desk().opens("/people/1", PersonPage)
    person.field("E-mail for letters").fill("maria@home.example")

    saved = person.tab.goes(person.tab.button("Save"), PersonPage)

    expect(saved.main).to_contain_text("Saved.")
    expect(saved.field("E-mail for letters")).to_have_value("maria@home.example")
