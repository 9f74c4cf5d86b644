"""System Settings of the Stand-in: the grid, its Filter, and Save."""

from collections.abc import Collection, Mapping
from datetime import datetime

from wizard.store import deliveries, log, practice_settings
from wizard.store.practice_settings import PracticeSetting

SYNC = -233
"""Calendar – Allow Google Calendar Sync: without it nothing is sent."""

LONGEST_VALUE = 200

Problem = tuple[str, str]
"""The id of a field, and a sentence with the cure."""

ON = "True"


def is_on() -> bool:
    """Whether -233 lets appointments go to Google."""
    setting = practice_settings.find(SYNC)
    return setting is not None and setting.value == ON


def on_in(clinic_ids: Collection[int]) -> set[int]:
    """Those of these clinics in which it does."""
    return {setting.clinic_id for setting in practice_settings.of_number(SYNC, clinic_ids) if setting.value == ON}


def filtered(text: str) -> list[PracticeSetting]:
    """The rows whose number, name or description holds the text, -1 first; a number is found with its minus or without."""
    wanted = _even(text)
    return [
        setting
        for setting in practice_settings.everything()
        if wanted in _even(f"{setting.number} {setting.name} {setting.default_description}")
    ]


def _even(text: str) -> str:
    """Nobody types the long dash of "Calendar – Allow"."""
    return " ".join(text.replace("–", "-").casefold().split())


def choices(setting: PracticeSetting) -> list[str]:
    """What may be chosen as Your Value; empty where any text may be typed."""
    return [choice for choice in setting.choices.split(",") if choice]


def field_of(number: int) -> str:
    """The field of a setting's Your Value: value-233."""
    return f"value{number}"


def problems_of(values: Mapping[int, str]) -> list[Problem]:
    """What has to change before these values, by number, can be saved."""
    found: list[Problem] = []
    for number, value in values.items():
        setting = practice_settings.find(number)
        allowed = choices(setting) if setting else []
        if allowed and value and value not in allowed:
            found.append((field_of(number), f"Choose {' or '.join(allowed)} for {number}, or leave it empty"))
        elif len(value) > LONGEST_VALUE:
            found.append((field_of(number), f"Shorten the value of {number} to {LONGEST_VALUE} letters"))
        elif not value.isprintable():
            found.append((field_of(number), f"Use letters, numbers and spaces only for {number}"))
    return found


def save(values: Mapping[int, str], *, at: datetime, who: str, workstation_id: int | None) -> list[int]:
    """Save Your Value of these settings, by number; the numbers that changed. The caller ends the transaction."""
    changed = []
    for number, value in values.items():
        setting = practice_settings.find(number)
        if setting is None or setting.your_value == value:
            continue
        before = setting.value
        setting.your_value, setting.edited_at, setting.edited_by = value, at, who
        setting.workstation_id = workstation_id
        if setting.value != before:
            setting.turned_at = at
        log.add("setting saved", at=at, who=who, workstation_id=workstation_id, detail=f"{number} is {setting.value}")
        changed.append(number)
    if SYNC in changed:
        deliveries.hasten(at)
    return changed
