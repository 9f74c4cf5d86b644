"""Doctor: is this installation fit? Small checks, each with a cure; one list for the command line, a page and a probe."""

from wizard.doctor.checks import CHECKS
from wizard.doctor.examining import Doctor
from wizard.doctor.finding import Check, Entry, Finding, Fitness, Report
from wizard.doctor.site import Site

__all__ = ["CHECKS", "Check", "Doctor", "Entry", "Finding", "Fitness", "Report", "Site"]
