"""What can be told from the settings alone: the address Google sends browsers back to, names, audience, proxy."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from wizard.config import LOOPBACK, Settings
from wizard.doctor.at_google import CLIENTS_PAGE
from wizard.doctor.finding import Finding, fit, unfit, warning
from wizard.doctor.site import Site
from wizard.store import clinics
from wizard.store.database import db

NOBODYS_ENDINGS = (
    *("local", "lan", "home", "internal", "intranet", "corp", "private", "localdomain", "home.arpa"),
    *("test", "example", "invalid"),
)
"""Endings that nobody can register (RFC 2606, 6762, 8375 and custom): Google wants one of the public suffix list."""

AUDIENCE_PAGE = "console.cloud.google.com > Google Auth Platform > Audience"
AUDIENCES = {
    "internal": "People of your own organisation alone may give permission; it lasts.",
    "verified": "Anybody may give permission; it lasts.",
}


def redirect(site: Site) -> Finding:
    """Source: developers.google.com/identity/protocols/oauth2/web-server#uri-validation"""
    wrong = _why_google_refuses(site.settings.public_url)
    if wrong:
        return unfit(
            f"Google refuses {site.settings.redirect_url}: {wrong}.",
            "Set WIZARD_PUBLIC_URL to https and a name of a domain you own. docs/going-live.md says how to get name and"
            " certificate for a computer inside the clinic.",
        )
    return fit(f"Register exactly {site.settings.redirect_url} at {CLIENTS_PAGE}, for each client.")


def _why_google_refuses(public_url: str) -> str:
    host = (urlsplit(public_url).hostname or "").rstrip(".")
    if host in LOOPBACK:
        return ""
    if _is_ip(host):
        return "a bare IP address is taken for this computer alone"
    if "*" in host or "." not in host:
        return f"{host} is no full name of the public internet"
    if host.endswith(tuple(f".{ending}" for ending in NOBODYS_ENDINGS)):
        return f"nobody can own a name ending in .{host.rpartition('.')[2]}"
    return ""


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def names(site: Site) -> Finding:
    writes_here = site.has_tables and any(clinic.writes_here for clinic in clinics.every())
    db.session.rollback()
    return judge_names(site.settings, writes_here=writes_here)


def judge_names(settings: Settings, *, writes_here: bool) -> Finding:
    """`writes_here`: some clinic has the Stand-in for PIMSY, which writes with a client of ours."""
    if settings.one_project and not writes_here:
        return fit(f"{settings.checker.name} reads. With your own PIMSY the permission to write is PIMSY's.")
    if settings.one_project:
        return warning(
            "Both permissions belong to one client. Removing one of them at Google ends the other.",
            "Make the integration a client of a Google Cloud project of its own: WIZARD_INTEGRATION_CLIENT_ID, _SECRET.",
        )
    if settings.checker.name.casefold() == settings.integration.name.casefold():
        return warning(
            f"Both permissions are called {settings.checker.name}. Nobody can tell them apart on Google's list.",
            "Give the two projects' consent screens two names, and set WIZARD_CHECKER_CLIENT_NAME and"
            " WIZARD_INTEGRATION_CLIENT_NAME to them.",
        )
    return fit(f"{settings.checker.name} reads, {settings.integration.name} writes.")


def audience(site: Site) -> Finding:
    chosen = site.settings.google_audience
    if chosen == "testing":
        return warning(
            "The consent screen is in testing: named testers alone, Google's warning page, and every permission ends"
            " after 7 days.",
            f"Good for trying only. {AUDIENCE_PAGE}: Internal, or Publish and verify; then set WIZARD_GOOGLE_AUDIENCE.",
        )
    if not chosen:
        return warning(
            "It is not said who may give permission.",
            f"Look at {AUDIENCE_PAGE} and set WIZARD_GOOGLE_AUDIENCE to internal, verified or testing.",
        )
    return fit(AUDIENCES[chosen])


def proxy(site: Site) -> Finding:
    settings = site.settings
    if not settings.is_https:
        return fit("Plain http, for this computer alone.")
    if settings.trusted_proxies == 0:
        return warning(
            "The address is https, the wizard itself speaks http: what stands before it is not named, so every visitor"
            " seems to come from it.",
            "Set WIZARD_TRUSTED_PROXIES to the number of proxies that stand before the wizard, as a rule 1.",
        )
    if not _is_private(settings):
        return warning(
            f"The wizard listens on {settings.bind}, where others may reach it past the proxy.",
            "Set WIZARD_BIND to 127.0.0.1:5000 unless the proxy runs on another computer or in another container.",
        )
    return fit(
        f"{settings.trusted_proxies} stand before it." if settings.trusted_proxies > 1 else "One stands before it."
    )


def _is_private(settings: Settings) -> bool:
    return settings.bind.rpartition(":")[0].strip("[]") in LOOPBACK
