"""calendars: the calendars themselves."""

from typing import Any

from .. import diary, times
from ..errors import ApiError, NotBuilt
from ..nouns import Calendar, Json
from . import body
from .call import Question

WRITABLE = {"summary": "summary", "description": "description", "location": "location", "timeZone": "time_zone"}


def get(question: Question) -> Json:
    return diary.read_calendar(question.world, question.calendar())


def insert(question: Question) -> Json:
    """There is no key against repetition: the same request twice makes two calendars."""
    body.required(question.method, question.body, {"summary": "Missing title."})
    fields = checked(question)
    summary = fields.pop("summary")
    made_by = question.project.id
    calendar = diary.make_calendar(question.world, question.account, summary, made_by=made_by, **fields)
    return diary.read_calendar(question.world, calendar)


def patch(question: Question) -> Json:
    return change(question, checked(question))


def update(question: Question) -> Json:
    """The whole resource: what is left out is emptied, the title may not be."""
    fields = {"description": "", "location": ""} | checked(question)
    if not fields.get("summary"):
        raise ApiError("required", "Missing title.")
    return change(question, fields)


def change(question: Question, fields: dict[str, Any]) -> Json:
    calendar = question.calendar("owner")
    question.check_match(diary.etag(calendar.changed))
    if "summary" in fields and not fields["summary"]:
        raise ApiError("required", "Missing title.")
    diary.change_calendar(question.world, calendar, **fields)
    return diary.read_calendar(question.world, calendar)


def delete(question: Question) -> None:
    """Only the data owner may, and never a primary one."""
    calendar: Calendar = question.calendar("owner")
    question.check_match(diary.etag(calendar.changed))
    if calendar.primary:
        raise ApiError("invalid", "Cannot delete the primary calendar.")
    if calendar.owner != question.account.sub:
        raise ApiError("forbidden", "Only the data owner of a calendar can delete it.")
    diary.delete_calendar(question.world, calendar)


def checked(question: Question) -> dict[str, Any]:
    sent = question.body
    for name in ("labelProperties", "workingHours", "autoAcceptInvitations"):
        if name in sent:
            raise NotBuilt(f"{question.method.name} with {name}")
    if zone := sent.get("timeZone"):
        try:
            times.find_zone(zone)
        except ValueError:
            raise ApiError("invalid", "Invalid time zone value.") from None
    fields = {ours: sent.get(name) for name, ours in WRITABLE.items() if name in sent}
    return {name: value or "" for name, value in fields.items() if value or name != "time_zone"}
