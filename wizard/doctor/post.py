"""Whether mail could leave: the server is greeted and signed in to. Nothing is sent."""

from urllib.parse import urlsplit

from wizard import notices
from wizard.doctor.finding import Finding, fit, unfit
from wizard.doctor.site import Site

CURE = (
    "Look at WIZARD_MAIL_URL: smtp://NAME:PASSWORD@HOST:587, or smtps://NAME:PASSWORD@HOST:465. Special characters of"
    " the password are written as %40 and so on. Without it links are shown, not mailed."
)


def mail(site: Site) -> Finding:
    url = site.settings.mail_url
    if not url:
        return fit("None is set up: one-time links are shown, not mailed.")
    if not _is_address(url):
        return unfit("WIZARD_MAIL_URL is no address of a mail server.", CURE)
    try:
        notices.greet(url)
    except notices.NotSent as trouble:
        return unfit(f"{trouble}.", CURE)
    return fit(f"{urlsplit(url).hostname} would take mail; none was sent.")


def _is_address(url: str) -> bool:
    try:
        server = urlsplit(url)
        return server.scheme in {"smtp", "smtps"} and bool(server.hostname) and server.port != 0
    except ValueError:  # a port that is no number
        return False
