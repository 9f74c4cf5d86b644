"""The wizard in service: what `serve`, `worker` and `admin-link` do for whoever runs it. Nobody is signed in by starting it."""

import logging
import sys
from collections.abc import Sequence

from flask import Flask
from waitress import create_server

from wizard.app import create_app
from wizard.background.bell import Bell
from wizard.background.lookout import Lookout
from wizard.background.patrol import Patrol
from wizard.background.working import Working
from wizard.clock import system_clock
from wizard.config import Settings
from wizard.store import administrators, links, log, schema
from wizard.store.database import db, of_clinic
from wizard.store.links import LinkPurpose


class CannotServe(Exception):
    """The wizard cannot run here; the sentence names the cure, which is outside of this program."""


def serve(settings: Settings) -> int:
    """Answer until somebody ends the process. Raises CannotServe."""
    app = _opened(settings)
    try:
        return answer(app, settings.listens_at, (*_registered(settings), *_first_run(app, settings)))
    except OSError as error:
        raise CannotServe(
            f"{settings.bind} cannot be used ({error.strerror}). "
            "Set WIZARD_BIND to an address and a free port of this computer"
        ) from error


def work(settings: Settings) -> int:
    """Carry out what is owed until somebody ends the process; what is in hand is finished then. Raises CannotServe."""
    if settings.background != "workers":
        raise CannotServe(
            "The wizard's own process does this work. Set WIZARD_BACKGROUND=workers, here and for serve, if workers are to"
        )
    app = _opened(settings)
    bell: Bell = app.extensions["wizard"].background
    patrol: Patrol = app.extensions["wizard"].patrol
    lookout: Lookout = app.extensions["wizard"].lookout
    patrol.start()  # of several workers each looks at what nobody else has in hand
    lookout.start()
    try:
        Working(bell.jobs, bell.beat, settings.in_hand).run(lambda: _say("Ready: this worker turns"))
    finally:
        patrol.stop()
        lookout.stop()
    with app.app_context():
        schema.close()
    return 0


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def answer(app: Flask, at: tuple[str, int], say: Sequence[str] = ()) -> int:
    """Say these lines and Ready, then answer at this host and port until somebody ends the process.

    Raises OSError where nothing can listen there.
    """
    services = app.extensions["wizard"]
    settings: Settings = services.settings
    host, port = at
    server = create_server(
        app,
        host=host,
        port=port,
        threads=settings.threads,
        ident=None,
        # the app reads them itself, and only as many as there are proxies it was told of
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
    )
    services.background.start()
    services.postman.start()
    if settings.background == "thread":  # else a worker looks
        services.patrol.start()
        services.lookout.start()
    services.watch.start()
    _say(*say, f"Ready: {settings.public_url.rstrip('/')}/")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        services.watch.stop(within_s=1)
        services.patrol.stop()
        services.background.stop()
        services.postman.stop()
        services.lookout.stop()
        server.close()
        with app.app_context():
            schema.close()
    return 0


def admin_link(settings: Settings, email: str) -> str:
    """The address at which that administrator chooses another password, good once and for one hour.

    Raises CannotServe where nobody has that e-mail address.
    """
    app = _opened(settings)
    with app.app_context():
        who = administrators.of_email(email)
        if who is None:
            schema.close()
            raise CannotServe(f"No administrator of this wizard has the address {email}")
        with of_clinic(who.clinic_id):
            now = system_clock()
            token = links.make(
                LinkPurpose.PASSWORD, now, clinic_id=who.clinic_id, administrator_id=who.id, email=who.email
            )
            log.add("link to a new password made at the command line", at=now, who=who.name)
            db.session.commit()
        schema.close()
    return f"{settings.public_url.rstrip('/')}/sign-in/link/{token}"


def _opened(settings: Settings) -> Flask:
    """The app over its database, brought up to date."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotServe(
            f"Nothing can be kept in {settings.data_dir} ({error.strerror}). Name another folder: WIZARD_DATA_DIR=..."
        ) from error
    logging.getLogger("wizard").setLevel(logging.INFO)
    try:
        schema.check_address(settings.database_url)
        app = create_app(settings)
        schema.bring_up_to_date(app)
    except schema.NotOpened as error:
        raise CannotServe(f"The database cannot be opened: {error}. Look at WIZARD_DATABASE_URL") from error
    with app.app_context():
        is_tryout = administrators.exist_anywhere() and not administrators.can_anybody_sign_in()
        db.session.commit()
        if is_tryout:
            schema.close()
            raise CannotServe(
                "This database belongs to a try-out: nobody in it can sign in. "
                "Name another folder (WIZARD_DATA_DIR=...) or another database (WIZARD_DATABASE_URL=...)"
            )
    return app


def _first_run(app: Flask, settings: Settings) -> list[str]:
    """A new link at each start, as long as nobody has set the wizard up; the one before is good no more."""
    with app.app_context():
        if administrators.exist_anywhere():
            db.session.commit()
            return []
        token = links.make(LinkPurpose.FIRST_RUN, system_clock())
        db.session.commit()
    return [f"First run, open it once: {settings.public_url.rstrip('/')}/first-run/{token}"]


def _registered(settings: Settings) -> list[str]:
    """What has to stand at Google, to be pasted: Clients > the client > Authorized redirect URIs."""
    clients = (settings.checker,) if settings.one_project else (settings.checker, settings.integration)
    return [
        f"Redirect address at Google for the client {client.id} ({client.name}): {settings.redirect_url}"
        for client in clients
    ]
