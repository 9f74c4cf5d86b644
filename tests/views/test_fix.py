"""What went wrong: what a person sees instead of a finding, and the last resort as a path over all her computers."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from e2e.fake_google import FakeGoogle, World
from tests.own_pimsy import OwnDesk, opens_clinic, writes
from tests.walking import MARIA, Desk
from wizard.app import create_app
from wizard.config import Settings
from wizard.store import schema, slots
from wizard.store.database import of_every_clinic

FIX = f"/setup/{MARIA}/fix"


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def slot_of(app: Flask, person: int) -> datetime:
    """The newest test time of this person."""
    with app.app_context(), of_every_clinic():
        return slots.of_people([person])[-1].starts_at


@pytest.fixture
def two_desks(app: Flask, google: FakeGoogle) -> tuple[Desk, Desk]:
    """Maria is proven at two computers."""
    first, second = Desk(app, google), Desk(app, google, "Front desk 2")
    first.proves()
    second.begins()
    second.signs_out()
    second.books()
    second.accepts()
    second.turns_background()
    google.world.clock.advance(5)
    second.check(MARIA, "accept", now="1")
    return first, second


def test_every_symptom_leads_to_a_page(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()
    page = desk.client.get(FIX).text
    listed = page[page.index("Choose what you see") : page.index('id="repair"')]
    links = re.findall(r'href="([^"]+)"', listed)

    answers = {link: desk.client.get(link).status_code for link in links if not link.startswith("#")}

    assert len(re.findall(r"<li>", listed)) == 7
    assert [link for link in links if link.startswith("#")] == ["#repair", "#support"]
    assert all(f'id="{link[1:]}"' in page for link in links if link.startswith("#"))
    assert set(answers.values()) == {200}


def test_it_says_first_what_else_stops(two_desks: tuple[Desk, Desk]) -> None:
    page = words(two_desks[0].client.get(FIX).text)

    assert "This ends it on all of Maria's computers until step 6 is done on each: Front desk 1, Front desk 2." in page
    assert "It does not touch Calendar Sync Checker" in page


def test_the_repair_is_followed_over_both_computers(two_desks: tuple[Desk, Desk], google: FakeGoogle) -> None:
    first, second = two_desks
    before = words(first.client.get(FIX).text)
    google.world.removes_permission("maria@clinic.example", "integration")
    google.world.clock.advance(5)
    first.post(FIX)
    removed = words(first.client.get(FIX).text)
    second.signs_out()
    second.post(f"/setup/{MARIA}/test-appointment", answer="again")
    second.books()
    second.accepts()
    second.turns_background()
    google.world.clock.advance(5)
    second.check(MARIA, "accept", now="1")
    halfway = words(first.client.get(FIX).text)

    assert "Not checked – not seen: it still stood when we last looked" in before
    assert "Verified – seen removed" in removed
    assert "Front desk 1 (this computer) Not checked – next: step 2" in removed
    assert "Front desk 2 Not checked – next: step 2" in removed
    assert "given again" in halfway
    assert "Front desk 1 (this computer) Not checked – next: step 2" in halfway
    assert "Front desk 2 Verified" in halfway


def test_by_hand_a_new_test_appointment_proves_the_repair(app: Flask, google: FakeGoogle) -> None:
    maria = opens_clinic(app)["Maria Lopez"]
    desk, fix = OwnDesk(app, google), f"/setup/{maria}/fix"
    desk.tells_everything(maria)
    google.world.clock.advance(5)
    writes(google)
    assert "Verified" in words(desk.looks(maria))
    before = words(desk.client.get(fix).text)
    google.world.clock.advance(60)

    answer = desk.post(f"{fix}/repair")
    begun = words(desk.client.get(fix).text)

    assert (answer.status_code, answer.location) == (303, f"{fix}#repair")
    assert "cannot be seen: PIMSY holds this permission, not this wizard" in before
    assert "Front desk 1 (this computer) Not checked – not begun" in before
    assert "Front desk 1 (this computer) Not checked – a new test appointment proves it" in begun

    desk.tells(maria, "test-appointment", "again")
    google.world.clock.advance(5)
    desk.tells(maria, "test-appointment", "booked")
    google.world.clock.advance(5)
    writes(google, starts_at=slot_of(app, maria))
    desk.looks(maria)

    assert "Front desk 1 (this computer) Verified – a new test appointment arrived" in words(desk.client.get(fix).text)


def test_with_the_stand_in_nobody_has_to_say_that_it_was_removed(app: Flask, google: FakeGoogle) -> None:
    desk = Desk(app, google)
    desk.proves()

    assert desk.post(f"{FIX}/repair").status_code == 404
    assert "I have removed it" not in desk.client.get(FIX).text


def test_one_project_for_both_leads_to_step_1_first(settings: Settings, world: World, google: FakeGoogle) -> None:
    both = replace(settings, integration=replace(settings.checker, name=settings.integration.name))
    app = create_app(both, world.now)
    desk = Desk(app, google)
    desk.begins()
    at_first = words(desk.client.get(FIX).text)
    desk.proves()
    before = words(desk.client.get(FIX).text)

    google.world.removes_permission("maria@clinic.example", "checker")
    google.world.clock.advance(5)
    desk.post(FIX)
    after = words(desk.client.get(FIX).text)
    with app.app_context():
        schema.close()

    assert "It also ends Calendar Sync Checker; then step 1's connection comes first." in at_first
    assert "This ends it on all" not in at_first
    assert "Front desk 1. It also ends Calendar Sync Checker; then step 1's connection comes first." in before
    assert "Then connect Calendar Sync Checker again" not in before
    assert "Then connect Calendar Sync Checker again" in after
    assert "both belong to one project at Google. Open step 1" in after


def test_by_hand_pimsy_s_permission_is_of_no_project_of_ours(
    settings: Settings, world: World, google: FakeGoogle
) -> None:
    """Also where no second client is set, which for the Stand-in means one project for both."""
    app = create_app(replace(settings, integration=settings.checker), world.now)
    maria = opens_clinic(app)["Maria Lopez"]
    desk = OwnDesk(app, google)
    desk.tells_everything(maria)
    google.world.clock.advance(5)
    writes(google)
    desk.looks(maria)

    page = words(desk.client.get(f"/setup/{maria}/fix").text)
    with app.app_context():
        schema.close()

    assert "It does not touch Calendar Sync Checker." in page
    assert "It also ends" not in page
