"""The overview: its counts, its order, what stands in a cell, and what of it goes to a spreadsheet."""

import csv
import gzip
import html
import io
import re
from datetime import timedelta

import pytest
from flask import Flask

from bench.large_clinic import open_clinic
from e2e.fake_google import FakeGoogle
from e2e.launcher import TODAY
from tests.own_pimsy import OwnDesk, opens_clinic, writes
from tests.walking import ANA, JOE, MARIA, SAM, Desk
from wizard.store import clinics, needs, personal_links, workstations
from wizard.store.database import db, of_clinic

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)
ROW = re.compile(r'<tr id="person-\d+">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def lead(page: str) -> str:
    found = LEAD.search(page)
    assert found
    return words(found[1]).replace(" .", ".")


def rows(page: str) -> dict[str, list[str]]:
    """What stands in each row, by the person's name, in the order of the page."""
    cells = [[words(cell) for cell in CELL.findall(row)] for row in ROW.findall(page)]
    return {row[0]: row[1:] for row in cells}


def decide(app: Flask, person: int, desk: str, *, is_needed: bool) -> None:
    with app.app_context():
        clinic = clinics.newest()
        assert clinic is not None
        with of_clinic(clinic.id):
            at = workstations.named(desk)
            assert at is not None
            needs.decide(person, at.id, is_needed=is_needed, at=TODAY, by="Dana Hill")
            db.session.commit()


@pytest.fixture
def desk(app: Flask, google: FakeGoogle) -> Desk:
    """Maria is proven at Front desk 1; Front desk 2 has a name."""
    desk = Desk(app, google)
    desk.proves()
    Desk(app, google, "Front desk 2").begins(JOE)
    return desk


def test_it_counts_what_is_done_what_stands_and_who_is_next(desk: Desk) -> None:
    page = desk.client.get("/overview").text

    assert lead(page) == "1 of 8 done. 1 test appointment still stands. Next: Joe Hale, Front desk 1."
    assert f'<a href="/setup/{JOE}">Joe Hale, Front desk 1</a>' in page


def test_elsewhere_the_next_one_is_whom_that_computer_waits_for(app: Flask, google: FakeGoogle, desk: Desk) -> None:
    second, office = Desk(app, google, "Front desk 2"), Desk(app, google)
    second.post("/", person=str(JOE), workstation="Front desk 2", same="1")

    assert lead(second.client.get("/overview").text).endswith("Next: Maria Lopez, Front desk 2.")
    assert lead(office.client.get("/overview").text).endswith("Next: Joe Hale, Front desk 1.")
    assert f'<a href="/setup/{JOE}">Joe Hale, Front desk 1</a>' not in office.client.get("/overview").text


def test_a_tidied_test_appointment_stands_no_more(desk: Desk) -> None:
    desk.post(f"/setup/{MARIA}/record/cancel")

    assert "still stand" not in desk.client.get("/overview").text


def test_a_cell_that_is_not_needed_says_so_and_is_not_counted(app: Flask, desk: Desk) -> None:
    for person in (JOE, SAM, ANA):
        decide(app, person, "Front desk 2", is_needed=False)
    page = desk.client.get("/overview").text

    assert lead(page).startswith("1 of 5 done.")
    assert rows(page)["Joe Hale"][2] == "Not checked – not needed here"
    assert rows(page)["Maria Lopez"][2] == "Not checked – not begun http://127.0.0.1:5000"


def test_what_was_proven_stays_proven_where_it_is_not_needed(app: Flask, desk: Desk) -> None:
    decide(app, MARIA, "Front desk 1", is_needed=False)
    page = desk.client.get("/overview").text

    assert rows(page)["Maria Lopez"][1] == "Verified – Google still open here"
    assert lead(page).startswith("0 of 7 done.")


def test_trouble_at_a_computer_that_is_not_needed_is_no_trouble(app: Flask, desk: Desk) -> None:
    desk.trip(JOE, "checker", "joe@clinic.example")
    desk.trip(JOE, "signed-out")
    before = desk.client.get("/overview").text
    decide(app, JOE, "Front desk 1", is_needed=False)
    after = desk.client.get("/overview").text

    assert rows(before)["Joe Hale"][1] == "Needs attention – joe@clinic.example is still signed in here."
    assert "1 needs attention." in lead(before)
    assert rows(after)["Joe Hale"][1] == "Not checked – not needed here"
    assert "attention" not in lead(after)


def test_nobody_is_needed_anywhere(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.begins()
    for person in (MARIA, JOE, SAM, ANA):
        decide(app, person, "Front desk 1", is_needed=False)

    assert lead(desk.client.get("/overview").text) == "Nobody is needed at any computer."


def test_this_computer_s_cells_lead_to_the_set_up_and_another_s_say_what_to_type_there(desk: Desk) -> None:
    page = desk.client.get("/overview").text
    joe = next(row for row in ROW.findall(page) if "Joe Hale" in row)
    here, there = joe.split("<td")[2:4]

    assert f'<a href="/setup/{JOE}" aria-label="Not checked – ' in here
    assert "http://127.0.0.1:5000" not in here
    assert "<i>http://127.0.0.1:5000</i>" in there
    assert "<a" not in there


def test_a_telephone_is_no_column(app: Flask, desk: Desk) -> None:
    with app.app_context(), of_clinic(1):
        phone = workstations.add("Maria's phone", TODAY)
        phone.has_pimsy = False
        db.session.commit()

    assert "Maria&#39;s phone" not in desk.client.get("/overview").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Maria Lopez", "Joe Hale", "Sam Reed", "Ana Brook"]),
        ("?show=name", ["Ana Brook", "Joe Hale", "Maria Lopez", "Sam Reed"]),
        ("?show=attention", ["Joe Hale", "Maria Lopez", "Sam Reed", "Ana Brook"]),
        ("?show=left&desk=1", ["Joe Hale", "Sam Reed", "Ana Brook"]),
        ("?show=nonsense&desk=99", ["Maria Lopez", "Joe Hale", "Sam Reed", "Ana Brook"]),
        ("?desk=%00&desk=x", ["Maria Lopez", "Joe Hale", "Sam Reed", "Ana Brook"]),
    ],
)
def test_who_is_shown_and_in_which_order(google: FakeGoogle, desk: Desk, query: str, expected: list[str]) -> None:
    desk.trip(JOE, "checker", "joe@clinic.example")
    google.world.adds_calendar("joe@clinic.example", "Pimsy calendar")
    google.world.clock.advance(5)
    desk.check(JOE, "create-calendar", now="1")

    page = desk.client.get(f"/overview{query}").text

    assert list(rows(page)) == expected
    assert "1 needs attention." in lead(page), "the counts are of the whole clinic, whatever is shown"


def test_one_computer_alone(desk: Desk) -> None:
    page = desk.client.get("/overview?desk=2").text

    assert [words(head) for head in re.findall(r'<th scope="col">(.*?)</th>', page)] == [
        "Person",
        "For the person (1, 4)",
        "Front desk 2 (2, 5, 6)",
    ]
    assert all(len(cells) == 2 for cells in rows(page).values())


def test_the_choice_is_kept_while_the_table_follows(desk: Desk) -> None:
    page = desk.client.get("/overview?show=name&desk=2").text
    part = desk.client.get("/overview?show=name&desk=2", headers=PART).text

    for answer in (page, part):
        assert 'hx-get="/overview?show=name&amp;desk=2"' in answer
    assert '<option value="name" selected>' in page
    assert 'href="/overview.csv?show=name&amp;desk=2"' in page
    assert "<html" not in part
    assert "<select" not in part, "what somebody is choosing stays as it is"
    assert 'id="counts" class="stack" hx-swap-oob="outerMorph"' in part


def test_nobody_is_left(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()
    for person in (JOE, SAM, ANA):
        decide(app, person, "Front desk 1", is_needed=False)

    page = desk.client.get("/overview?show=left").text

    assert "Nobody is left here: everybody is done." in page
    assert lead(page).startswith("1 of 1 done.")
    assert "Next:" not in page


def test_a_spreadsheet_gets_the_table_and_the_setting(desk: Desk) -> None:
    desk.post("/people/add", name='=HYPERLINK("x")', google_account="")
    answer = desk.client.get("/overview.csv?show=name")
    table = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))

    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=overview.csv"
    assert table[0] == ["Person", "For the person (1, 4)", "Front desk 1 (2, 5, 6)", "Front desk 2 (2, 5, 6)"]
    assert [row[0] for row in table[1:]] == [
        '\'=HYPERLINK("x")',
        "Ana Brook",
        "Joe Hale",
        "Maria Lopez",
        "Sam Reed",
        "System setting -233",
    ]
    assert table[4] == [
        "Maria Lopez",
        "Verified",
        "Verified – Google still open here",
        "Not checked – not begun",
    ]
    assert table[-1][1] == "Verified"
    assert "Test Client" not in answer.text
    assert "Sample Client" not in answer.text


def test_a_spreadsheet_of_nobody_is_its_head(app: Flask, google: FakeGoogle) -> None:
    answer = Desk(app, google).client.get("/overview.csv")

    assert answer.text.splitlines()[0] == '\ufeffPerson,"For the person (1, 4)"'
    assert "System setting" not in answer.text


def test_by_hand_the_setting_s_line_says_that_somebody_said_so(app: Flask, google: FakeGoogle) -> None:
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    said = desk.client.get("/overview.csv").text.splitlines()[-1]
    writes(google)
    desk.looks(maria)

    assert said == "System setting -233,Not checked – you said it is done"
    assert desk.client.get("/overview.csv").text.splitlines()[-1] == (
        "System setting -233,Verified – proved by the appointment of 6:10"
    )


def test_who_asks_for_a_new_link_stands_there_until_one_is_made(app: Flask, desk: Desk) -> None:
    def links(asked: bool) -> None:
        with app.app_context(), of_clinic(1):
            link, _ = personal_links.make(MARIA, "Dana Hill", TODAY if asked else TODAY + timedelta(seconds=1))
            link.asked_at = TODAY if asked else None
            db.session.commit()

    before = desk.client.get("/overview").text
    links(asked=True)
    asked = desk.client.get("/overview").text
    links(asked=False)
    made = desk.client.get("/overview").text
    with app.app_context(), of_clinic(1):
        personal_links.of_people([MARIA])[0].asked_at = TODAY + timedelta(minutes=1)
        db.session.commit()

    assert "asks for a new link" not in before + made
    assert "Maria Lopez asks for a new link" in asked
    assert "asks for a new link" in desk.client.get("/overview").text, "by the old one, from a paper she kept"


def test_a_thousand_cells_are_light_and_reflect_nothing(app: Flask) -> None:
    with app.app_context():
        open_clinic(50, 20, TODAY)
        db.session.commit()
    client = app.test_client()
    address = "/overview?show=attention&chosen=by-a-stranger"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    part = client.get(address, headers={**PART, "Accept-Encoding": "br, gzip;q=0.5"})
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})

    assert lead(plain.text).startswith("750 of 1000 done. 750 test appointments still stand. Next: Person ")
    assert len(plain.data) < 100_000
    assert len(packed.data) < 10_000
    assert gzip.decompress(packed.data).decode().count("<td") == 50 * 21
    assert (packed.headers["Content-Encoding"], part.headers["Content-Encoding"]) == ("gzip", "gzip")
    assert {"Content-Encoding" in answer.headers for answer in (plain, refused)} == {False}
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, packed, part, refused))
    assert "by-a-stranger" not in plain.text, "compressed, its length would tell what else the page holds (BREACH)"
