"""Google as this installation sees it: does it answer, is its description sound, does it know the two clients."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from wizard.config import GOOGLE_METADATA_URL, LOOPBACK
from wizard.doctor.finding import Finding, fit, unfit, unseen, warning
from wizard.doctor.site import Site
from wizard.google import Permission
from wizard.when import spoken

DISCOVERY_PATH = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "revocation_endpoint", "userinfo_endpoint")
NETWORK_CURE = (
    "Let this computer reach {host} by https through the firewall or proxy (HTTPS_PROXY is obeyed). A clock that is"
    " far off makes every certificate look wrong: look at it, too."
)
WAY_FIRST = "Mend the way to Google above first."
SLIGHTLY, FAR = timedelta(seconds=30), timedelta(minutes=5)
SIGN_IN_ALLOWS = timedelta(minutes=2)
CLOCK_CURE = "Let the computer set its clock by itself: timedatectl set-ntp true on Linux, w32tm /resync on Windows."
CLIENTS_PAGE = "console.cloud.google.com > Google Auth Platform > Clients"


def addresses(site: Site) -> Finding:
    seen, settings = site.google, site.settings
    answers = {
        settings.google_metadata_url: seen.description is not None,
        settings.google_api_url: seen.calendar_answers,
    }
    silent = dict.fromkeys(urlsplit(url).netloc for url, is_there in answers.items() if not is_there)
    if silent:
        named = " and ".join(silent)
        return unfit(f"No usable answer from {named}.", NETWORK_CURE.format(host=named))
    return fit("The sign-in service and the Calendar API answer.")


def description(site: Site) -> Finding:
    found = site.google.description
    if found is None:
        return unseen("Google's description of itself could not be read.", WAY_FIRST)
    wrong = _wrong_in(found, site.settings.google_metadata_url)
    if wrong:
        return unfit(
            f"The description at {site.settings.google_metadata_url} cannot be used: {'; '.join(wrong)}.",
            f"Leave WIZARD_GOOGLE_METADATA_URL empty for Google's own ({GOOGLE_METADATA_URL}), or mend that server.",
        )
    return fit(f"It speaks for {found['issuer']}, and every address in it is there.")


def _wrong_in(found: Mapping[str, Any], url: str) -> list[str]:
    """OpenID Connect Discovery 1.0, sections 3 and 4.3; PKCE with S256 is what we send (RFC 7636)."""
    wrong = [f"{name} is missing" for name in ("issuer", *ENDPOINTS) if not _is_address(found.get(name))]
    issuer = found.get("issuer")
    if _is_address(issuer) and url != str(issuer).rstrip("/") + DISCOVERY_PATH:
        wrong.append(f"it calls itself {issuer}, which is another address than the one asked")
    wrong += [f"{name} is not https" for name in ("issuer", *ENDPOINTS) if _is_plain(found.get(name))]
    for name, needed in (
        ("id_token_signing_alg_values_supported", "RS256"),
        ("code_challenge_methods_supported", "S256"),
    ):
        offered = found.get(name)
        if isinstance(offered, list) and needed not in offered:
            wrong.append(f"it does not offer {needed}")
    return wrong


def _is_address(value: object) -> bool:
    return isinstance(value, str) and bool(urlsplit(value).hostname)


def _is_plain(value: object) -> bool:
    return (
        _is_address(value) and urlsplit(str(value)).scheme != "https" and urlsplit(str(value)).hostname not in LOOPBACK
    )


def clock(site: Site) -> Finding:
    ahead = site.google.ahead
    if ahead is None:
        return unseen("Google's clock could not be read.", WAY_FIRST)
    off = abs(ahead)
    if off <= SLIGHTLY:
        return fit(f"This computer's clock agrees with Google's to {max(1, round(off.total_seconds()))} s.")
    said = f"This computer's clock is {spoken(off)} {'ahead of' if ahead > timedelta(0) else 'behind'} Google's."
    if off > FAR:
        return unfit(f"{said} No sign-in can be verified.", CLOCK_CURE)
    return warning(f"{said} Beyond {spoken(SIGN_IN_ALLOWS)} no sign-in can be verified.", CLOCK_CURE)


def clients(site: Site) -> Finding:
    settings, seen = site.settings, site.google.clients
    names = {Permission.CHECKER: settings.checker.name, Permission.INTEGRATION: settings.integration.name}
    refused = [f"{names[which]}: {said}" for which, said in seen.items() if said]
    if refused:
        return unfit(
            f"Google does not take these clients. {'. '.join(refused)}.",
            f"Compare client ID and secret with {CLIENTS_PAGE}. A lost secret cannot be read again: add a new one there."
            " Google deletes a client nobody used for 6 months.",
        )
    if None in seen.values():
        return unseen("Google could not be asked about the clients.", WAY_FIRST)
    if settings.one_project:
        return fit("Google knows the client and its secret.")
    return fit("Google knows both clients and their secrets.")
