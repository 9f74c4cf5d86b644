"""The turn of a browser's cookie: raised now and then, so that a copy of it at another machine is found out."""

from dataclasses import replace

from flask import g, request

from wizard.store import browsers
from wizard.store.browsers import Browser
from wizard.store.database import db
from wizard.views import agents
from wizard.views.present import now


def take_turn(met: Browser | None, *, is_visit: bool) -> None:
    """Give this browser its newest turn, or find that its cookie is a copy: then nobody knows which computer it is.

    `met` is what was known of it. Writes at most once an hour, and only for a visit: a page that asks by itself is none.
    """
    here = g.workstation
    if here is None:
        return
    turn = g.browser.turn
    if met is not None and met.is_copied_by(turn, now()):
        g.copied, g.workstation = here, None
        return
    if is_visit and (met is None or met.is_due(turn, here.id, now())):
        turn = browsers.take_turn(g.browser.id, turn, here.id, agents.words(request.user_agent.string), now())
        db.session.commit()
    elif met is not None:
        turn = max(turn, met.turn)
    g.browser = replace(g.browser, turn=turn)
