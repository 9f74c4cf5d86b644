"""Named worlds, as data: what is there when a test, a training or a scenario begins."""

from collections.abc import Callable
from typing import Final

from .faults import Fault
from .world import World

MARIA: Final = "maria@clinic.example"
JOE: Final = "joe@clinic.example"
FRONT_DESK: Final = "frontdesk@gmail.example"
NAME: Final = "PIMSY Calendar"
READS: Final = ["openid", "email", "calendarlist.readonly", "events.owned.readonly"]
WRITES: Final = ["openid", "email", "events.owned"]
TOKENS: Final = {"checker": "1//0maria-checker", "integration": "1//0maria-integration"}
"""The refresh tokens of worlds in which Maria already gave a permission: an app that is tried holds them beforehand."""

DAY_S: Final = 24 * 3600


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


def connected(world: World) -> None:
    """Both permissions given at the first desk, where she is signed in; its browser's cookie is `desk-1`."""
    with_calendar(world)
    world.grants_token(MARIA, "checker", READS, known_as=TOKENS["checker"])
    world.grants_token(MARIA, "integration", WRITES, known_as=TOKENS["integration"])
    world.new_browser("desk-1")
    world.signs_in(MARIA, "desk-1")


def box_unticked(world: World) -> None:
    """She let the checker see her list and left the box of her events empty."""
    with_calendar(world)
    world.grants_token(MARIA, "checker", READS, left_empty="events.owned", known_as=TOKENS["checker"])


def eight_days_old(world: World) -> None:
    """The checker's permission was given in Testing, eight days ago: who she is may still be asked, nothing else."""
    world.clock.advance(-8 * DAY_S)
    testing(world)
    world.adds_calendar(MARIA, NAME)
    world.grants_token(MARIA, "checker", READS, known_as=TOKENS["checker"])
    world.clock.advance(8 * DAY_S)


def revoked_at_desk_2(world: World) -> None:
    """At the second desk (cookie `desk-2`) she removed the integration; the checker lives, and both browsers are hers."""
    connected(world)
    world.new_browser("desk-2")
    world.signs_in(MARIA, "desk-2")
    world.removes_permission(MARIA, "integration")


def two_accounts(world: World) -> None:
    """Joe is signed in beside Maria at the first desk and let the checker look, too."""
    connected(world)
    world.grants_token(JOE, "checker", READS)
    world.signs_in(JOE, "desk-1")


def account_disabled(world: World) -> None:
    connected(world)
    world.disables_account(MARIA)


def limits_used_up(world: World) -> None:
    connected(world)
    for at in ("calendarList.*", "calendars.*", "events.*"):
        world.plan(Fault("quotaExceeded", at, times=None))


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
    "connected": connected,
    "box unticked": box_unticked,
    "token 8 days old in Testing": eight_days_old,
    "revoked at desk 2": revoked_at_desk_2,
    "two accounts at one desk": two_accounts,
    "account disabled": account_disabled,
    "limits used up": limits_used_up,
    "Workspace admin blocks": admin_blocks,
    "calendar turned off": calendar_off,
    "not verified": not_verified,
    "api turned off": api_off,
}
