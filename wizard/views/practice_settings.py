"""System Settings of the Stand-in: filter, change Your Value, save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from wizard import when
from wizard.practice.builtin import settings
from wizard.practice.builtin.settings import Problem
from wizard.store import answers, practice_settings
from wizard.store.database import db
from wizard.views import standin
from wizard.views.htmx import is_partial, leave
from wizard.views.present import acting, clinic, now, services, workstation

bp = Blueprint("practice_settings", __name__, url_prefix="/practice/settings")
standin.only_with_it(bp)

LONGEST_FILTER = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the grid; `typed` is what stands in its field, `was` what stood there when the page was shown."""

    setting: practice_settings.PracticeSetting
    field: str
    choices: tuple[str, ...]
    typed: str
    was: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Form:
    """All that parts/_setting_form.html shows."""

    filter: str
    rows: tuple[Row, ...]
    saying: str  # "-233 is True: your value. The default is False."
    saved: str
    problems: tuple[Problem, ...]


def form_of(
    text: str, *, typed: Mapping[int, str] | None = None, problems: Sequence[Problem] = (), is_saved: bool = False
) -> Form:
    """The grid filtered for a text, with what was typed where it could not be saved."""
    shown = settings.filtered(text)
    if typed is not None:
        shown = [row for row in practice_settings.everything() if row in shown or row.number in typed]
    edited = max((row.edited_at for row in shown if row.edited_at), default=None)
    return Form(
        filter=text,
        rows=tuple(_row(row, typed or {}) for row in shown),
        saying=_saying(next((row for row in shown if row.number == settings.SYNC), None)),
        saved=f"Saved {when.exact_point(edited, now(), clinic().zone)}" if is_saved and edited else "",
        problems=tuple(problems),
    )


@bp.get("")
def show() -> Response:
    """The grid, filtered by `?filter=`."""
    text = request.args.get("filter", "")[:LONGEST_FILTER]
    return make_response(_page(form_of(text, is_saved=request.args.get("saved") == "1")))


@bp.post("")
def save() -> Response:
    """Save what was changed on this page; a row somebody else changed meanwhile keeps that change."""
    text = request.form.get("filter", "")[:LONGEST_FILTER]
    typed = {
        row.number: standin.line(field)
        for row in practice_settings.everything()
        if (field := settings.field_of(row.number)) in request.form
    }
    if not typed:
        abort(400)
    values = {number: value for number, value in typed.items() if value != standin.line(f"was{number}")}
    problems = settings.problems_of(values)
    if problems:
        form = form_of(text, typed=typed, problems=problems)
        return make_response(_part(form) if is_partial() else _page(form), 422)
    here, who, at = workstation(), acting(), now()
    settings.save(values, at=at, who=who, workstation_id=here.id if here else None)
    person = standin.person_named() if standin.back_to() else None
    if person is not None and here is not None:
        # Pressing Save in the step asks how it stands, also where nothing was changed.
        answers.give(person.id, here.id, "asked", "enable-setting", at=at, by=who)
    db.session.commit()
    services().background.wake()
    if person is not None:
        return leave(url_for("step.show", person_id=person.id, slug="enable-setting"))
    if standin.back_to() == standin.DAY_BEFORE:
        return leave(url_for("day_before.show"))
    return leave(url_for("practice_settings.show", filter=text or None, saved=1))


def _row(setting: practice_settings.PracticeSetting, typed: Mapping[int, str]) -> Row:
    return Row(
        setting=setting,
        field=settings.field_of(setting.number),
        choices=tuple(settings.choices(setting)),
        typed=typed.get(setting.number, setting.your_value),
        was=setting.your_value,
        is_asked=setting.number == settings.SYNC,
    )


def _saying(sync: practice_settings.PracticeSetting | None) -> str:
    if sync is None:
        return ""
    if sync.your_value:
        return f"{sync.number} is {sync.value}: your value. The default is {sync.default_value}."
    return f"{sync.number} is {sync.value}: the default. Your Value is empty."


def _part(form: Form) -> str:
    return render_template("parts/_setting_form.html", form=form, back_to=standin.back_to(), person=_person())


def _page(form: Form) -> str:
    return render_template("practice_settings.html", form=form, back_to=standin.back_to(), person=_person())


def _person() -> object:
    return standin.person_named() if standin.back_to() else None
