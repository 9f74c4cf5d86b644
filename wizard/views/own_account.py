"""A person's own account page: her link, her computer, the checker's permission; nothing of anybody else."""

from flask import g, render_template

from wizard.store import grants, personal_links, sightings
from wizard.store.people import Person
from wizard.store.personal_links import PersonalLink
from wizard.views.present import helper, now


def page(who: Person, name: str, problems: list[tuple[str, str]]) -> str:
    """`name` is what was typed for this computer, with the problems in it."""
    link: PersonalLink | None = g.personal_link
    asked = personal_links.unanswered(personal_links.of_people([who.id]))
    asked_of_google = [subject.asked_at for subject, _ in sightings.of_people([who.id]) if subject.asked_at]
    return render_template(
        "own_account.html",
        link=link,
        is_link_good=link is not None and link.is_good(now()),
        asked_at=asked.asked_at if asked else None,
        grant=grants.of(who.id, "checker"),
        last_used=max(asked_of_google, default=None),
        name=name,
        problems=problems,
        helper=helper(),
    )
