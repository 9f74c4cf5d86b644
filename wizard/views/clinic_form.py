"""What a clinic says of itself: asked at the first run, seen and changed afterwards."""

from dataclasses import dataclass
from zoneinfo import available_timezones

from flask import request

from wizard.practice.builtin import summary
from wizard.store.clinics import Clinic

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GRIDS = ("10", "15")
PIMSY_KINDS = {"desktop": "the desktop application", "portal": "the Portal"}
ACCOUNTS_KINDS = {"workspace": "Google Workspace", "free": "free Gmail"}
AGREEMENTS = {"yes": "yes", "no": "no", "not known": "not known"}
PROOFS = {"0": "never", "30": "every 30 days", "90": "every 90 days"}
EVENT_TITLES = {
    summary.NOTHING: "“PIMSY appointment”: nothing of the client",
    summary.INITIALS: "the client's initials, as in “PIMSY T.C.”",
    summary.NUMBER: "the client's number here, as in “PIMSY no. 17”",
}
NEEDS_AGREEMENT = (
    "Say above that the clinic has accepted Google's agreement, or choose the title with nothing of the client"
)
NEEDS_WORKSPACE = "Google's agreement does not cover free accounts. Choose the title with nothing of the client"
PRACTICES = {"by hand": "Our own PIMSY", "builtin": "No PIMSY: training or testing only"}

US_ZONES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Arizona (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
}

LONGEST_NAME = 80
LONGEST_TELEPHONE = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it is filled in."""

    name: str = ""
    zone: str = ""
    days: tuple[str, ...] = ("0", "1", "2", "3", "4")
    grid: str = "10"
    pimsy_phone: str = "877.334.8512 ext. 3"
    wizard_phone: str = ""
    pimsy_kind: str = "desktop"
    accounts_kind: str = "workspace"
    agreement: str = ""
    event_title: str = summary.NOTHING
    practice: str = "by hand"
    knows_nothing_reaches: bool = False
    proof: str = "0"
    counts: bool = False


def other_zones() -> list[str]:
    """Every other place of the time zone database, by name."""
    named = {zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))}
    return sorted(named - set(US_ZONES))


def read() -> Typed:
    """What the request's form holds."""
    form = request.form
    return Typed(
        name=" ".join(form.get("clinic", "").split()),
        zone=form.get("zone", ""),
        days=tuple(sorted(set(form.getlist("day")))),
        grid=form.get("grid", "10"),
        pimsy_phone=form.get("pimsy_phone", "").strip(),
        wizard_phone=form.get("wizard_phone", "").strip(),
        pimsy_kind=form.get("pimsy_kind", ""),
        accounts_kind=form.get("accounts_kind", ""),
        agreement=form.get("agreement", ""),
        event_title=form.get("event_title", summary.NOTHING),
        practice=form.get("practice", ""),
        knows_nothing_reaches="nothing_reaches" in form,
        proof=form.get("proof", "0"),
        counts="counts" in form,
    )


def of(clinic: Clinic) -> Typed:
    """The form as the clinic filled it in last."""
    return Typed(
        name=clinic.name,
        zone=clinic.zone_name,
        days=tuple(sorted(clinic.working_days)),
        grid=str(clinic.grid_minutes),
        pimsy_phone=clinic.pimsy_phone,
        wizard_phone=clinic.wizard_phone,
        pimsy_kind=clinic.pimsy_kind,
        accounts_kind=clinic.accounts_kind,
        agreement=clinic.agreement,
        event_title=clinic.event_title,
        practice=clinic.practice,
        knows_nothing_reaches=clinic.practice == "builtin",
        proof=str(clinic.proof_days),
        counts=clinic.counts_arrivals,
    )


def problems_of(typed: Typed) -> list[tuple[str, str]]:
    """What has to change before it can be kept, as (id of the field, sentence)."""
    found: list[tuple[str, str]] = []
    if not typed.name or not typed.name.isprintable() or len(typed.name) > LONGEST_NAME:
        found.append(("clinic", f"Type the clinic's name, at most {LONGEST_NAME} letters"))
    if typed.zone not in available_timezones():
        found.append(("zone", "Choose the time zone the clinic works in"))
    if not typed.days or not set(typed.days) <= set("0123456"):
        found.append(("days", "Tick at least one working day: test appointments are booked on working days"))
    if typed.grid not in GRIDS:
        found.append(("grid", "Choose 10 or 15 minutes"))
    for field in ("pimsy_phone", "wizard_phone"):
        telephone = getattr(typed, field)
        if len(telephone) > LONGEST_TELEPHONE or not telephone.isprintable():
            found.append((field, f"Type a telephone number, at most {LONGEST_TELEPHONE} signs"))
    for field, choices, words in (
        ("pimsy_kind", PIMSY_KINDS, "Choose how you open PIMSY"),
        ("accounts_kind", ACCOUNTS_KINDS, "Choose which kind of Google accounts your people have"),
        (
            "agreement",
            AGREEMENTS,
            "Say whether the clinic has accepted Google's agreement; “not known” is an answer, too",
        ),
        ("proof", PROOFS, "Choose how often a new test is wanted"),
        ("event_title", EVENT_TITLES, "Choose what the title of an appointment tells Google"),
        ("practice", PRACTICES, "Choose which PIMSY this wizard goes with"),
    ):
        if getattr(typed, field) not in choices:
            found.append((field, words))
    found += _problems_of_title(typed)
    if typed.practice == "builtin" and not typed.knows_nothing_reaches:
        found.append(("nothing_reaches", "Tick that nothing reaches PIMSY, or choose Our own PIMSY"))
    return found


def _problems_of_title(typed: Typed) -> list[tuple[str, str]]:
    """Google may hold anything of a client only under its agreement, which does not cover free accounts."""
    if typed.event_title not in {summary.INITIALS, summary.NUMBER}:
        return []
    if typed.accounts_kind == "free":
        return [("event_title", NEEDS_WORKSPACE)]
    return [] if typed.agreement == "yes" else [("event_title", NEEDS_AGREEMENT)]


def keep(typed: Typed, clinic: Clinic) -> list[str]:
    """Write it into the clinic's row; the names of what is different now. The caller ends the transaction."""
    told = {
        "name": typed.name,
        "zone_name": typed.zone,
        "working_days": "".join(typed.days),
        "grid_minutes": int(typed.grid),
        "pimsy_phone": typed.pimsy_phone,
        "wizard_phone": typed.wizard_phone,
        "pimsy_kind": typed.pimsy_kind,
        "accounts_kind": typed.accounts_kind,
        "agreement": typed.agreement,
        "event_title": typed.event_title,
        "practice": typed.practice,
        "proof_days": int(typed.proof),
        "counts_arrivals": typed.counts,
    }
    changed = [name for name, value in told.items() if getattr(clinic, name, None) != value]
    for name in changed:
        setattr(clinic, name, told[name])
    return changed
