"""The clinic's own settings, to be seen and changed by an administrator."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from wizard.practice.builtin import furnish
from wizard.store import people, workstations
from wizard.store.database import db
from wizard.views import clinic_form
from wizard.views.noting import note
from wizard.views.present import clinic, now
from wizard.views.travelling import known

bp = Blueprint("clinic_settings", __name__, url_prefix="/account/clinic")


@bp.get("")
def show() -> Response:
    """What the clinic said of itself."""
    return make_response(_page(clinic_form.of(clinic()), [], is_saved=request.args.get("saved") == "1"))


@bp.post("")
def change() -> Response:
    """What is proven stays proven; test appointments that were given out keep their time."""
    typed = clinic_form.read()
    here = clinic()
    problems = clinic_form.problems_of(typed)
    if typed.practice != here.practice and (name := somebody_proven()):
        problems.append(("practice", f"{name} is set up already. Which PIMSY it is cannot change any more"))
    if problems:
        return make_response(_page(typed, problems), 422)
    changed = clinic_form.keep(typed, here)
    if "practice" in changed and here.practice == "builtin":
        furnish(people.everyone(), now())
    if changed:
        note("clinic settings changed", detail=", ".join(changed))
    db.session.commit()
    return make_response(redirect(url_for("clinic_settings.show", saved=1), 303))


def somebody_proven() -> str:
    """Whose set-up was proven at any computer; empty while nobody's was."""
    everyone, desks = people.everyone(), workstations.desks_of_clinic()
    read = known(everyone, desks)
    return next((who.name for who in everyone for desk in desks if read.evidence(who, desk).sealed is not None), "")


def _page(typed: clinic_form.Typed, problems: list[tuple[str, str]], *, is_saved: bool = False) -> str:
    return render_template(
        "clinic_settings.html",
        typed=typed,
        problems=problems,
        choices=clinic_form,
        proven=somebody_proven(),
        is_saved=is_saved,
    )
