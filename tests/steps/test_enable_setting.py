"""Step 3: every verdict on -233, read and by hand."""

from dataclasses import replace

import pytest

from tests.builders import NOW, arrival, at, by_hand, connected, evidence, said, told
from wizard.evidence import Answer, Evidence, SettingFact
from wizard.steps import enable_setting as step
from wizard.steps.step import NOT_BEGUN, SAID
from wizard.verdict import Verdict

ASKED = said("enable-setting", kind="asked")


@pytest.mark.parametrize(
    ("setting", "answers", "expected"),
    [
        (SettingFact(False), (), NOT_BEGUN),
        (SettingFact(False), (said("personnel-folder", kind="asked"),), NOT_BEGUN),
        (SettingFact(False), (ASKED,), replace(step.OFF, seen=NOW)),
        (SettingFact(False, is_touched=True), (), replace(step.OFF, seen=NOW)),
        (SettingFact(False, is_touched=True, is_your_value=True), (), replace(step.OFF_BY_YOU, seen=NOW)),
        (SettingFact(True), (), replace(step.ON_UNDATED, seen=NOW)),
        (SettingFact(True, since=at(4)), (), replace(step.ON.fill(since="10:04"), seen=NOW)),
        (SettingFact(True, since=at(-4 * 24 * 60)), (), replace(step.ON.fill(since="11/20, 10:00 AM"), seen=NOW)),
    ],
)
def test_the_setting_is_read(setting: SettingFact, answers: tuple[Answer, ...], expected: Verdict) -> None:
    assert step.check(evidence(setting=setting, answers=answers)) == expected


def test_off_says_whose_value_it_is() -> None:
    assert step.OFF.because == "-233 is False (its default). Nothing is sent to Google."
    assert step.OFF_BY_YOU.because == "-233 is False (your value). Nothing is sent to Google."


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (by_hand(), NOT_BEGUN),
        (by_hand(answers=(said("personnel-folder"),)), NOT_BEGUN),
        (by_hand(answers=(said("enable-setting"),)), SAID),
        (told(arrivals=(arrival(generation=0),)), replace(step.PROVED.fill(time="6:10"), seen=at(-10))),
        (by_hand(clinic_arrival=arrival(-90)), replace(step.PROVED.fill(time="6:10"), seen=at(-90))),
    ],
)
def test_by_hand_the_appointment_that_arrives_proves_it(known: Evidence, expected: Verdict) -> None:
    assert step.check(known) == expected


def test_an_arrival_proves_nothing_about_a_setting_that_can_be_read() -> None:
    assert step.check(connected(clinic_arrival=arrival())) == NOT_BEGUN
