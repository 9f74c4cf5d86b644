"""What is asked of Google: nothing by showing a page, one question by a check, and never more than was promised."""

from e2e.desk import Clinic
from e2e.fake_google import World
from e2e.pages.step import AcceptPage, CreateCalendarPage

MARIA = "maria@clinic.example"
OF_A_PERSON = ("", "/create-calendar", "/sign-out", "/enable-setting", "/personnel-folder", "/test-appointment")
OF_A_PERSON_TOO = ("/accept", "/record", "/fix", "/print", "/start-again")
PRACTICE = ("/practice/settings", "/practice/personnel/1", "/practice/calendar/1")
PLACES = ("/", *PRACTICE, "/overview", "/account", "/help/", "/help/17")


def test_showing_a_page_asks_google_nothing(clinic: Clinic, world: World) -> None:
    desk = clinic.desk(javascript=False)
    maria = desk.prepares("Maria Lopez").up_to("record")
    asked = len(world.calls())
    page = desk.new_tab().page

    for path in (*PLACES, *(maria.path + rest for rest in OF_A_PERSON + OF_A_PERSON_TOO)):
        answer = page.goto(clinic.installation.url + path)
        assert answer is not None
        assert (answer.status, answer.url) == (200, clinic.installation.url + path)

    assert len(world.calls()) == asked


def test_a_check_asks_one_question(clinic: Clinic, world: World) -> None:
    maria = clinic.desk().prepares("Maria Lopez").up_to("record")
    step = maria.opens(CreateCalendarPage)
    accept = maria.opens(AcceptPage)
    asked = len(world.calls())

    with step.tab.page.expect_response("**/check"):
        step.checks_again()
    assert [call.method for call in world.calls()[asked:]] == ["calendarList.list"]

    with accept.tab.page.expect_response("**/check"):
        accept.checks_again()
    assert [call.method for call in world.calls()[asked + 1 :]] == ["events.list"]


def test_the_checker_reads_names_and_the_one_calendar_and_writes_nothing(clinic: Clinic, world: World) -> None:
    clinic.desk().prepares("Maria Lopez").up_to("record")
    calendar = world.calendar_of(MARIA, "PIMSY Calendar").id

    asked = {
        (call.verb, call.path) for call in world.calls() if call.client_id == "checker" and "/calendar/" in call.path
    }

    assert asked == {
        ("GET", "/calendar/v3/users/me/calendarList"),
        ("GET", f"/calendar/v3/calendars/{calendar}/events"),
    }
