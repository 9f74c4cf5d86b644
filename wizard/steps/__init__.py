"""The six steps, in their order. A new one is a module with its STEP, and a place in this tuple."""

from wizard.steps import accept, create_calendar, enable_setting, personnel_folder, sign_out, test_appointment
from wizard.steps.step import Step

STEPS: tuple[Step, ...] = (
    create_calendar.STEP,
    sign_out.STEP,
    enable_setting.STEP,
    personnel_folder.STEP,
    test_appointment.STEP,
    accept.STEP,
)
