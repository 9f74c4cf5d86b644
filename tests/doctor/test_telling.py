"""What doctor says on a terminal."""

import re

from e2e.launcher import TODAY
from wizard.config import Settings
from wizard.doctor import CHECKS, Entry, Finding, Report, Site, telling
from wizard.doctor.finding import fit, unfit, unseen, warning
from wizard.views.present import Services


def report(*findings: Finding) -> Report[Site]:
    return Report(tuple(Entry(check, finding, TODAY) for check, finding in zip(CHECKS, findings, strict=False)))


def test_each_finding_stands_with_its_cure() -> None:
    told = telling.told(report(fit("There is room."), unfit("Everybody may look into it.", "chmod 700 data")))

    assert told.splitlines() == [
        "Fit           Room to keep things: There is room.",
        "Not fit       Folder closed to others: Everybody may look into it.",
        "              > chmod 700 data",
        "",
        "This installation is not fit: 1 to mend.",
    ]


def test_the_conclusion() -> None:
    seen = {
        telling.conclusion(report(*found))
        for found in (
            (fit("a"),),
            (fit("a"), unseen("b", "c")),
            (warning("a", "b"), fit("c")),
        )
    }

    assert seen == {"This installation is fit.", "This installation is fit, with 1 to look at."}


def test_a_line_is_no_wider_than_a_terminal(services: Services) -> None:
    told = telling.told(services.doctor.examine())

    assert max(len(line) for line in told.splitlines()) <= telling.WIDTH


def test_the_plan_names_every_variable_that_can_be_set(settings: Settings) -> None:
    named = set(re.findall(r"WIZARD_\w+", telling.plan()))

    assert named == {variable for check in CHECKS for variable in check.variables}
