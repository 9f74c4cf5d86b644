"""The whole, put together: the only module that knows every other."""

import logging
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from wizard import when
from wizard.background.bell import Bell
from wizard.background.dispatcher import Dispatcher, Limits
from wizard.background.lookout import Lookout
from wizard.background.patrol import Patrol
from wizard.background.postman import Postman
from wizard.background.watch import Watch
from wizard.cards import number_of
from wizard.clock import Clock, system_clock
from wizard.config import Settings
from wizard.doctor import Doctor
from wizard.google import Google
from wizard.letters import letter_for
from wizard.onboarding.connecting import Connecting
from wizard.onboarding.drifted import Office
from wizard.onboarding.looking import Looking
from wizard.onboarding.straying import Straying
from wizard.onboarding.vault import GrantVault
from wizard.practice import Practice
from wizard.practice.builtin import BuiltIn
from wizard.practice.by_hand import ByHand
from wizard.store import announcing, clinics, jobs, postgresql, schema, sessions
from wizard.store.database import db, present_clinic
from wizard.store.encryption import Cipher
from wizard.store.paces import Rate
from wizard.views import (
    account,
    account_meant,
    adding_people,
    administrators,
    allowing,
    arriving,
    booked_time,
    bookmark,
    clinic_settings,
    computers,
    cookies,
    day_before,
    desk,
    doctor,
    errors,
    first_run,
    fix,
    google,
    health,
    help,  # noqa: A004 - the page's own name
    hub,
    in_use,
    limits,
    log,
    mailbox,
    moved_in_google,
    needed,
    overview,
    own_link,
    parting,
    password_link,
    people,
    people_links,
    phone,
    practice_calendar,
    practice_personnel,
    practice_settings,
    record,
    removing,
    sign_in,
    start,
    statics,
    stayed,
    step,
    support,
    taking_back,
    title,
    tryout_picker,
    waiting,
    watching,
    which,
    whole_clinic,
    without_checker,
)
from wizard.views.htmx import htmx
from wizard.views.present import Services, now

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FORM = 64 * 1024
EXAMINED_EVERY_S = 15 * 60
HOSTS_OF_THIS_COMPUTER = ["127.0.0.1", "localhost", "[::1]"]


def create_app(settings: Settings, clock: Clock = system_clock) -> Flask:
    """The wizard as a WSGI application. Nothing runs in its background until `services.background.start()`."""
    app = Flask("wizard", root_path=str(ROOT / "wizard"), static_folder=str(ROOT / "static"), static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.secret_keys[0],
        SECRET_KEY_FALLBACKS=list(settings.secret_keys[1:]),
        SESSION_COOKIE_NAME=cookies.name_of(settings, "session"),
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=_hosts(settings),
        MAX_CONTENT_LENGTH=LONGEST_FORM,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over night is still this person's form
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={
            "hide_parameters": True,  # an error of the database is logged: no values of rows
            **postgresql.engine_options(settings.database_url, settings.threads),
        },
    )
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(ROOT / "static")])
    app.jinja_env.undefined = StrictUndefined
    db.init_app(app)
    schema.install(app)
    htmx.init_app(app)
    CSRFProtect(app)
    arriving.install(app)
    limits.install(app)
    statics.install(app)
    errors.install(app)
    _build(app, settings, clock)
    for screen in (
        start,
        desk,
        taking_back,
        hub,
        step,
        booked_time,
        stayed,
        fix,
        record,
        google,
        practice_settings,
        practice_personnel,
        practice_calendar,
        moved_in_google,
        overview,
        waiting,
        needed,
        day_before,
        account,
        account_meant,
        administrators,
        adding_people,
        clinic_settings,
        first_run,
        sign_in,
        password_link,
        doctor,
        help,
        health,
        support,
        allowing,
        *((tryout_picker,) if settings.is_tryout else ()),
        title,
        watching,
        removing,
        without_checker,
        which,
        bookmark,
        computers,
        phone,
        people,
        parting,
        in_use,
        log,
        whole_clinic,
        own_link,
        people_links,
        *((mailbox,) if settings.is_tryout else ()),
    ):
        app.register_blueprint(screen.bp)
    _teach_templates(app, settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]  # Flask's documented way
    return app


def _hosts(settings: Settings) -> list[str]:
    return HOSTS_OF_THIS_COMPUTER if settings.is_loopback else [urlsplit(settings.public_url).hostname or ""]


def _build(app: Flask, settings: Settings, clock: Clock) -> None:
    cipher = Cipher(settings.secret_keys)
    longest_refresh_s = 2 * settings.google_sign_in_timeout_s + 2  # the description first, then the tokens
    vault = GrantVault(cipher, clock, longest_refresh_s)
    talk = Google(settings, clock, vault)
    practices: dict[str, Practice] = {"builtin": BuiltIn(), "by hand": ByHand()}
    looking = Looking(talk, clock, settings.threads)
    examiner = Doctor(app, settings, talk, cipher, clock)
    dispatcher = Dispatcher(app, talk, clock, settings.lease_s, limits=_limits(settings))
    postman = Postman(app, settings, cipher, clock)
    bell = _hang_the_bell(app, settings, clock, dispatcher, postman) if settings.background == "workers" else None
    app.extensions["wizard"] = Services(
        settings=settings,
        clock=clock,
        cipher=cipher,
        google=talk,
        looking=looking,
        straying=Straying(talk, clock, looking.room, settings.lease_s),
        connecting=Connecting(talk, settings, clock, cipher),
        practices=practices,
        background=bell or dispatcher,
        lookout=Lookout(app, Straying(talk, clock, BoundedSemaphore(), settings.lease_s), clock),
        postman=bell or postman,
        patrol=Patrol(app, talk, vault, Office(settings, practices, cipher), clock, wake_postman=postman.wake),
        doctor=examiner,
        watch=Watch(examiner.examine, EXAMINED_EVERY_S),
    )


def _limits(settings: Settings) -> Limits:
    """At most half of the server's threads may be inside Google at a time; as many the background has of its own."""
    return Limits(max(1, settings.threads // 2), Rate(settings.google_per_minute))


def _hang_the_bell(app: Flask, settings: Settings, clock: Clock, dispatcher: Dispatcher, postman: Postman) -> Bell:
    """Workers carry out what is owed; what is to be known of a new row is deferred in its own transaction."""
    from wizard.background.jobs import Jobs  # procrastinate is there only where PostgreSQL is: grown.txt

    doors = {jobs.DELIVER: dispatcher.try_one, jobs.SEND_LETTER: postman.try_one}
    conninfo = postgresql.conninfo(settings.database_url)
    bell = Bell(
        Jobs(app, clock, conninfo, doors, lease_s=settings.lease_s, at_a_time=settings.in_hand), dispatcher.beat
    )
    announcing.tell(app, bell.jobs.hear)
    return bell


def _teach_templates(app: Flask, settings: Settings) -> None:
    def context() -> dict[str, Any]:
        """What layout.html reads; a page without a clinic (help, errors) simply has none."""
        signed_in = g.get("administrator") is not None or g.get("own_person") is not None
        clinic = clinics.present() if signed_in else None
        return {
            "clinic": clinic.name if clinic else None,
            "telephones": (clinic.pimsy_phone, clinic.wizard_phone) if clinic else ("877.334.8512 ext. 3", ""),
            "administrator": g.get("administrator"),
            "own_person": g.get("own_person"),
            "has_own_link": g.get("personal_link") is not None,
            "workstation": g.get("workstation"),
            "person": g.get("person") or g.get("own_person"),
            "handed_by": g.get("handed_by"),
            "tryout": settings.is_tryout,
            "idle_after_s": int(sessions.WARNED_AFTER.total_seconds()),
            "public_url": settings.public_url.rstrip("/"),
            "practice_is_standin": clinic is not None and clinic.practice == "builtin",
            "checker_name": settings.checker.name,
            "integration_name": settings.integration.name,
            "state": None,
            "journey": None,
            "current_slug": None,
            "oob": False,
        }

    app.context_processor(context)
    app.add_template_global(number_of, "card_number")
    app.add_template_global(partial(letter_for, settings=settings), "letter_for")
    app.add_template_filter(lambda moment: when.clock_time(moment, _zone()), "clock_time")
    app.add_template_filter(lambda moment: when.short_time(moment, _zone()), "short_time")
    app.add_template_filter(lambda moment: when.day_and_time(moment, _zone()), "day_and_time")
    app.add_template_filter(lambda moment: when.stamp(moment, _zone()), "stamp")
    app.add_template_filter(lambda moment: when.date(moment, _zone()), "date")
    app.add_template_filter(lambda moment: moment.astimezone(_zone()).date().isoformat(), "iso_day")
    app.add_template_filter(lambda moment: when.seen(moment, now(), _zone()), "seen")
    app.add_template_filter(lambda moment: when.exact_point(moment, now(), _zone()), "since")
    logging.getLogger("wizard").setLevel(logging.INFO)


def _zone() -> ZoneInfo:
    """The clinic's, read once for a page: a list may tell hundreds of times."""
    zones: dict[int, ZoneInfo] = g.setdefault("zones", {})
    clinic_id = present_clinic()
    if clinic_id not in zones:
        zones[clinic_id] = clinics.present().zone
    return zones[clinic_id]
