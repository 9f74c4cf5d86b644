"""Step 3: system setting -233 is True, so that the practice system sends appointments to Google at all."""

from dataclasses import replace

from wizard.evidence import CANT_SEE, Evidence
from wizard.steps.step import NOT_BEGUN, SAID, Once, Step
from wizard.verdict import Status, Verdict
from wizard.when import point, short_time

ON = Verdict(Status.VERIFIED, "SET-ON", "-233 is True since {since}.")
ON_UNDATED = replace(ON, because="-233 is True.")
OFF = Verdict(
    Status.NEEDS_ATTENTION,
    "SET-OFF",
    "-233 is False (its default). Nothing is sent to Google.",
    "Set Your Value of -233 to True, then click Save.",
)
OFF_BY_YOU = replace(OFF, because="-233 is False (your value). Nothing is sent to Google.")
PROVED = Verdict(
    Status.VERIFIED,
    "SET-PROVED",
    "An appointment of this clinic arrived in Google, so -233 is True.",
    note="proved by the appointment of {time}",
)


def check(evidence: Evidence) -> Verdict:
    setting, asked = evidence.setting, evidence.answered("asked", STEP.slug)
    if setting is CANT_SEE:
        return _by_hand(evidence)
    if setting.is_on:
        since = point(setting.since, evidence.now, evidence.zone) if setting.since else ""
        return replace((ON if since else ON_UNDATED).fill(since=since), seen=evidence.now)
    if not setting.is_touched and asked is None:
        return NOT_BEGUN
    return replace(OFF_BY_YOU if setting.is_your_value else OFF, seen=evidence.now)


def _by_hand(evidence: Evidence) -> Verdict:
    if arrived := evidence.sealed or evidence.clinic_arrival:
        return replace(PROVED.fill(time=short_time(arrived.starts_at, evidence.zone)), seen=arrived.read_at)
    return SAID if evidence.answered("said", STEP.slug) else NOT_BEGUN


STEP = Step(
    number=3,
    slug="enable-setting",
    title="Turn on the setting",
    why="Without it nothing is sent to Google.",
    once=Once.CLINIC,
    check=check,
    polls=frozenset({"SET-OFF"}),
    is_administrative=True,
    may_be_passed_by_hand=True,
)
