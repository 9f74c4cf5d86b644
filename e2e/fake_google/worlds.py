"""Named worlds, as data: what is there when a test, a training or a scenario begins."""

from collections.abc import Callable
from typing import Final

from .world import World

MARIA: Final = "maria@clinic.example"
JOE: Final = "joe@clinic.example"
FRONT_DESK: Final = "frontdesk@gmail.example"
NAME: Final = "PIMSY Calendar"


def fresh(world: World) -> None:
    """Two clients in two projects, three accounts with a primary calendar alone, no browser yet."""
    world.adds_client("checker", "checker-secret", name="Calendar Sync Checker")
    world.adds_client("integration", "integration-secret", name="PIMSY Calendar Integration")
    world.adds_account(MARIA, hd="clinic.example", name="Maria Lopez")
    world.adds_account(JOE, hd="clinic.example", name="Joe Hale")
    world.adds_account(FRONT_DESK, name="Front Desk")


def one_project(world: World) -> None:
    fresh(world)
    world.clients["integration"].project = world.clients["checker"].project
    world.project_of("checker").name = "PIMSY Calendar Integration"


def with_calendar(world: World) -> None:
    fresh(world)
    world.adds_calendar(MARIA, NAME)


def two_of_that_name(world: World) -> None:
    fresh(world)
    world.adds_calendar(MARIA, NAME)
    world.adds_calendar(MARIA, NAME)


def misspelt(world: World) -> None:
    fresh(world)
    world.adds_calendar(MARIA, "Pimsy calendar")


def somebody_elses(world: World) -> None:
    fresh(world)
    world.adds_calendar(JOE, NAME)
    world.shares_calendar(JOE, NAME, MARIA, "writer")


def hidden(world: World) -> None:
    fresh(world)
    world.adds_calendar(MARIA, NAME, hidden=True)


def primary_named_so(world: World) -> None:
    fresh(world)
    world.renames_calendar(MARIA, MARIA, NAME)


def testing(world: World) -> None:
    """The checker's project is in Testing and Maria alone is a listed tester: her permission ends after 7 days."""
    fresh(world)
    project = world.project_of("checker")
    project.testing, project.testers = True, [MARIA]


def admin_blocks(world: World) -> None:
    fresh(world)
    world.workspaces["clinic.example"].blocked += ["checker", "integration"]


def calendar_off(world: World) -> None:
    fresh(world)
    world.account(MARIA).calendar_off = True


def not_verified(world: World) -> None:
    fresh(world)
    for project in world.projects.values():
        project.warns = True


def api_off(world: World) -> None:
    fresh(world)
    for project in world.projects.values():
        project.calendar_api_on = False


WORLDS: Final[dict[str, Callable[[World], None]]] = {
    "fresh": fresh,
    "one project for both": one_project,
    "calendar there": with_calendar,
    "two calendars of that name": two_of_that_name,
    "calendar misspelt": misspelt,
    "calendar of somebody else": somebody_elses,
    "calendar hidden": hidden,
    "primary named so": primary_named_so,
    "testing": testing,
    "administrator blocks": admin_blocks,
    "calendar turned off": calendar_off,
    "not verified": not_verified,
    "api turned off": api_off,
}
