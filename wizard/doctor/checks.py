"""All checks of an installation, in the order in which one finds the cause of another."""

from wizard.doctor import at_google, at_home, at_work, own, post
from wizard.doctor.finding import Check
from wizard.doctor.site import Site

FROM_THE_TABLES = frozenset({"writing", "background", "patrol", "owed", "refusals", "control", "kept-consents"})
"""Those that ask the database: without its tables nothing can be said."""

AT_HOME = frozenset({"database", "room", "background", "patrol"})
"""Those that are looked at anew whenever somebody asks whether this installation is ready."""

CHECKS: tuple[Check[Site], ...] = (
    Check(
        "room",
        "Room to keep things",
        "A computer that runs day and night, with 1 GB free for a clinic, and a folder for it that is backed up.",
        at_home.room,
        ("WIZARD_DATA_DIR",),
    ),
    Check(
        "privacy",
        "Folder closed to others",
        "An account on that computer that runs the wizard and nothing else; its folder is closed to all others.",
        at_home.privacy,
    ),
    Check(
        "database",
        "Database",
        "Nothing for a clinic: a file in that folder. Another database only if you know why.",
        at_home.database,
        ("WIZARD_DATABASE_URL",),
    ),
    Check("writing", "Writing to the database", "Nothing.", at_home.writing),
    Check(
        "keys",
        "Keys of what is stored",
        f"A key, made once with {at_home.NEW_KEY}, and a safe place for its copy, apart from the back-up of the folder.",
        at_home.keys,
        ("WIZARD_SECRET_KEYS",),
    ),
    Check(
        "redirect",
        "Address Google sends people back to",
        "A name of a domain you own, such as sync.your-clinic.com, with a certificate. To try it on one computer alone"
        " http://localhost:5000 will do.",
        own.redirect,
        ("WIZARD_PUBLIC_URL",),
    ),
    Check(
        "proxy",
        "What stands before the wizard",
        "A program that speaks https for it (Caddy, nginx, IIS), on the same computer as a rule.",
        own.proxy,
        ("WIZARD_BIND", "WIZARD_TRUSTED_PROXIES", "WIZARD_THREADS"),
    ),
    Check(
        "addresses",
        "Way to Google",
        "A way out by https to accounts.google.com, oauth2.googleapis.com and www.googleapis.com. Nothing has to come in"
        " from there.",
        at_google.addresses,
        ("WIZARD_GOOGLE_API_URL",),
    ),
    Check(
        "description",
        "Google's description of itself",
        "Nothing: the wizard reads Google's addresses from Google.",
        at_google.description,
        ("WIZARD_GOOGLE_METADATA_URL",),
    ),
    Check(
        "clock",
        "Clock",
        "A clock that sets itself (NTP).",
        at_google.clock,
    ),
    Check(
        "clients",
        "Clients at Google",
        "Two Google Cloud projects with the Google Calendar API turned on, one client of type Web application in each:"
        " one for the checker, one for PIMSY Calendar Integration. With your own PIMSY the second is PIMSY's own.",
        at_google.clients,
        (
            *("WIZARD_CHECKER_CLIENT_ID", "WIZARD_CHECKER_CLIENT_SECRET"),
            *("WIZARD_INTEGRATION_CLIENT_ID", "WIZARD_INTEGRATION_CLIENT_SECRET"),
        ),
    ),
    Check(
        "names",
        "Names of the two permissions",
        "A name for each, as the consent screens show it: people find the right one by it.",
        own.names,
        ("WIZARD_CHECKER_CLIENT_NAME", "WIZARD_INTEGRATION_CLIENT_NAME"),
    ),
    Check(
        "audience",
        "Who may give permission",
        "A road: an Internal app of your Workspace, or an app that Google has verified, or Testing for a first try.",
        own.audience,
        ("WIZARD_GOOGLE_AUDIENCE",),
    ),
    Check(
        "mail",
        "Mail",
        "A mail server that takes mail from this computer, if links are to be mailed. Without one they are shown.",
        post.mail,
        ("WIZARD_MAIL_URL",),
    ),
    Check(
        "background",
        "Background",
        "Nothing: it runs inside the wizard. For many clinics: PostgreSQL and python -m wizard worker.",
        at_work.background,
        ("WIZARD_BACKGROUND",),
    ),
    Check("patrol", "Patrol", "Nothing: it runs beside the background.", at_work.patrol),
    Check("owed", "Appointments on their way", "Nothing.", at_work.owed),
    Check("refusals", "What Google refused", "The Google Calendar API, turned on in both projects.", at_work.refusals),
    Check("control", "Seeing a sign-out", "A browser that lets Google answer a silent sign-in.", at_work.control),
    Check("kept-consents", "Consents nobody answered", "Nothing.", at_work.kept_consents),
)
