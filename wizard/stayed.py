"""Google's pages from which nobody comes back: what each says, what it means, and who acts.

A server cannot see them, so the person tells which one it was. The words are those of Google's pages of 11/2026, from its
help pages and other people's reports: support.google.com/accounts/answer/16668185,
developers.google.com/identity/protocols/oauth2/web-server, support.google.com/cloud/answer/7454865
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from wizard.evidence import Evidence
from wizard.verdict import Status, Verdict

ORG_POLICY = Verdict(
    Status.NEEDS_ATTENTION,
    "ORG-POLICY",
    "Your organisation does not allow this app.",
    "Send the message below to your organisation's Google administrator. There is nothing to repeat until then.",
)
ORG_REVIEW = Verdict(
    Status.NEEDS_ATTENTION,
    "ORG-REVIEW",
    "Your organisation's Google administrator has to approve the app first.",
    "Send the message below to your organisation's Google administrator.",
)
UNVERIFIED = Verdict(
    Status.NEEDS_ATTENTION,
    "APP-UNVERIFIED",
    "Google says it has not verified this app.",
    "Stop. Do not go on. Call the number under “Get help”.",
)
UNVERIFIED_TESTING = replace(
    UNVERIFIED,
    because="Google says it has not verified this app. That is expected while the app is being tried, for its named"
    " testers, for 7 days.",
    remedy="A named tester asks the administrator first. Everybody else stops here and calls the number under “Get help”.",
)
NO_TESTER = replace(
    UNVERIFIED,
    because="The app is being tried, and {account} is not one of its testers.",
    remedy="Send the message below to whoever runs this wizard: the account has to be added to the testers, or the app"
    " published. A tester's permission ends after 7 days.",
)
TOLD_OPERATOR = (
    "Send the message below to whoever runs this wizard. There is nothing you can repair in your Google account."
)
RETURN_ADDRESS = Verdict(
    Status.NOT_CHECKED,
    "OPERATOR-SETUP",
    "Google does not know the address at which this wizard waits for its answer.",
    TOLD_OPERATOR,
)
CLIENT = replace(RETURN_ADDRESS, because="Google does not know this wizard's client, or it was deleted.")
OTHER_ORGANISATION = replace(
    RETURN_ADDRESS,
    because="The app is only for people of its own organisation.",
    remedy="Use an account of that organisation, or send the message below to whoever runs this wizard.",
)
IN_A_PROGRAM = Verdict(
    Status.NEEDS_ATTENTION,
    "GOOGLE-PAGE-STAYED",
    "Google's page opened inside a program, and Google does not allow that.",
    "Copy the address of Google's page into a browser of its own: Chrome, Edge or Firefox. Or ask again from this browser.",
    amber=True,
)
WITHOUT_ERROR = Verdict(
    Status.NEEDS_ATTENTION,
    "GOOGLE-PAGE-STAYED",
    "Google's page showed no error, or it was closed. Nothing was shared.",
    "Ask again.",
    amber=True,
)
OF_PIMSY = replace(
    WITHOUT_ERROR,
    because="Google refuses what PIMSY asks: Error {error}. Nothing was shared.",
    remedy="Call the number for questions about PIMSY and read the line out. There is nothing you can repair in your"
    " Google account.",
    amber=False,
)
"""The clinic's own PIMSY asks Google by itself, under its own client: ours has no part in it."""

UNKNOWN = Verdict(
    Status.NEEDS_ATTENTION,
    "GOOGLE-PAGE-STAYED",
    "Google showed an error that this wizard does not know: {error}. Nothing was shared.",
    "Send the message below to whoever runs this wizard, and read the line out on the telephone.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One of Google's pages: `slug` names it in an answer, `errors` are the codes in its last line, `drawing` is ours."""

    slug: str
    says: str
    verdict: Verdict
    errors: tuple[str, ...] = ()
    drawing: str = ""
    in_testing: Verdict | None = None  # instead, while the app is being tried


PAGES = (
    Page(
        "return-address",
        "Access blocked: This app's request is invalid",
        RETURN_ADDRESS,
        ("400: redirect_uri_mismatch",),
        "google-stayed-1",
    ),
    Page(
        "client",
        "The OAuth client was not found, or was deleted",
        CLIENT,
        ("401: invalid_client", "401: deleted_client"),
    ),
    Page(
        "blocked",
        "Authorization Error: restricted by your organisation",
        ORG_POLICY,
        ("400: admin_policy_enforced",),
        "google-stayed-2",
    ),
    Page(
        "review",
        "Your institution's admin needs to review the app",
        ORG_REVIEW,
        ("400: access_not_configured",),
        "google-stayed-3",
    ),
    Page(
        "organisation",
        "The app is only for people inside its organisation",
        OTHER_ORGANISATION,
        ("403: org_internal",),
        "google-stayed-4",
    ),
    Page(
        "testers",
        "The app has not completed the Google verification process, and only testers may use it",
        NO_TESTER,
        ("403: access_denied",),
        "google-stayed-5",
    ),
    Page(
        "program",
        "The page does not meet Google's “Use secure browsers” policy",
        IN_A_PROGRAM,
        ("403: disallowed_useragent",),
        "google-stayed-6",
    ),
    Page(
        "not-verified",
        "Google hasn't verified this app",
        UNVERIFIED,
        drawing="google-stop",
        in_testing=UNVERIFIED_TESTING,
    ),
    Page("no-error", "A page of Google's without an error; or I closed it", WITHOUT_ERROR),
)

OTHER = "other"
"""The choice "Something else": what stands in the line that begins with "Error" is typed."""

LINE = re.compile(r"\s*(?:Error\s+)?(\d{3})\s*:?\s+([a-z][a-z_]{2,40})[\s.]*", re.IGNORECASE)

_BY_SLUG = {page.slug: page for page in PAGES}
_BY_ERROR = {error: page for page in PAGES for error in page.errors}


def slug_of(choice: str, line: str = "") -> str | None:
    """What an answer keeps of a choice; None where it is none, or the line typed is not one of Google's errors.

    Of the line only the number and Google's own word are kept: "400: invalid_scope".
    """
    if choice != OTHER:
        return choice if choice in _BY_SLUG else None
    typed = LINE.fullmatch(line)
    if typed is None:
        return None
    error = f"{typed[1]}: {typed[2].lower()}"
    known = _BY_ERROR.get(error)
    return known.slug if known else error


def error_of(slug: str) -> str:
    """What Google's page shows behind the word "Error", for a message; empty where it shows none."""
    page = _BY_SLUG.get(slug)
    return slug if page is None else " or ".join(page.errors)


def shown(evidence: Evidence, step: str, since: datetime) -> str:
    """Which page the person told of at that step since then, by its slug; empty where she told of none."""
    told = [answer for answer in evidence.answers if answer.kind == "told" and answer.at >= since]
    slugs = [answer.slug.removeprefix(f"{step}/") for answer in told if answer.slug.startswith(f"{step}/")]
    return slugs[-1] if slugs else ""


def told(evidence: Evidence, step: str, since: datetime, *, is_of_pimsy: bool = False) -> Verdict | None:
    """What that page means; None where the person told of none. `is_of_pimsy`: not this wizard asked, PIMSY did."""
    slug = shown(evidence, step, since)
    if not slug:
        return None
    page = _BY_SLUG.get(slug)
    if is_of_pimsy and (page is None or page.verdict.code == RETURN_ADDRESS.code):
        return OF_PIMSY.fill(error=error_of(slug))
    if page is None:
        return UNKNOWN.fill(error=slug)
    if is_of_pimsy and page.verdict.code == UNVERIFIED.code:
        return UNVERIFIED
    verdict = page.in_testing if page.in_testing and evidence.is_testing else page.verdict
    return verdict.fill(account=evidence.address or "this account")
