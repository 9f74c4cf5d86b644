"""The try-out's mailbox: what would have been mailed, as it would arrive. Nowhere else is a letter to be read."""

from flask import Blueprint, Response, abort, make_response, render_template

from wizard.store import mails
from wizard.store.mails import Mail
from wizard.views.present import clinic, services

bp = Blueprint("mailbox", __name__, url_prefix="/try-out/mailbox")


@bp.get("")
def show() -> Response:
    """Every letter of the clinic, newest first."""
    if not services().settings.has_mailbox:
        abort(404)
    here = clinic()  # held while the page is written, as every time on it is of its zone
    return make_response(
        render_template(
            "mailbox.html", clinic=here.name, letters=[(mail, _paragraphs(mail)) for mail in mails.of_clinic()]
        )
    )


def _paragraphs(mail: Mail) -> list[list[tuple[str, bool]]]:
    """Line by line; an address of this wizard that stands alone is a link, as mail programs make it one."""
    if not mail.words:
        return []
    base = services().settings.public_url.rstrip("/") + "/"
    paragraphs = services().cipher.decrypt(mail.words).strip().split("\n\n")
    return [[(line, line.startswith(base)) for line in paragraph.splitlines()] for paragraph in paragraphs]
