"""What doctor found and what will be needed, as lines for a terminal and as data."""

from collections.abc import Iterator
from textwrap import fill
from typing import Any

from wizard.doctor.at_home import NEW_KEY
from wizard.doctor.checks import CHECKS
from wizard.doctor.finding import Fitness, Report
from wizard.doctor.site import Site

WIDTH = 100
NO_BREAK = "\u00a0"


def told(report: Report[Site]) -> str:
    """One block for each check, then the conclusion."""
    return "\n".join([*_lines(report), "", conclusion(report)])


def conclusion(report: Report[Site]) -> str:
    count = {fitness: sum(entry.finding.fitness is fitness for entry in report.entries) for fitness in Fitness}
    if not report.is_fit:
        return f"This installation is not fit: {count[Fitness.UNFIT]} to mend."
    if count[Fitness.WARNING]:
        return f"This installation is fit, with {count[Fitness.WARNING]} to look at."
    return "This installation is fit."


def _lines(report: Report[Site]) -> Iterator[str]:
    for entry in report.entries:
        finding = entry.finding
        yield _block(f"{finding.fitness.value:<14}{entry.check.title}: {finding.found}")
        if finding.cure:
            yield _block(f"{'':<14}> {finding.cure}")


def data(report: Report[Site]) -> dict[str, Any]:
    """Everything, for those who run the wizard."""
    return {
        "fit": report.is_fit,
        "checks": [
            {
                "check": entry.check.slug,
                "fitness": entry.finding.fitness.value,
                "title": entry.check.title,
                "found": entry.finding.found,
                "cure": entry.finding.cure,
                "at": entry.at.isoformat(timespec="seconds"),
            }
            for entry in report.entries
        ],
    }


def public(report: Report[Site]) -> dict[str, Any]:
    """The same list for anybody who asks: how fit, and when that was seen. What was found is for administrators."""
    shown = ("check", "fitness", "at")
    whole = data(report)
    return whole | {"checks": [{name: check[name] for name in shown} for check in whole["checks"]]}


def plan() -> str:
    """What will be needed, before anything is set. The same checks look for it afterwards."""
    parts = ["What will be needed. docs/going-live.md leads through it; doctor looks for each of these afterwards."]
    for check in CHECKS:
        if check.needs != "Nothing.":
            parts.append(_block(f"[ ] {check.title}: {check.needs}", "    "))
            parts += [f"      {variable}" for variable in check.variables]
    return "\n".join(parts)


def _block(text: str, indent: str = " " * 16) -> str:
    whole = text.replace(NEW_KEY, NEW_KEY.replace(" ", NO_BREAK))  # a command is copied as one line
    return fill(whole, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False).replace(
        NO_BREAK, " "
    )
