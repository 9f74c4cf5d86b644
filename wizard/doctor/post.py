"""Whether mail could leave: the server is greeted and signed in to. Nothing is sent."""

import smtplib
from urllib.parse import unquote, urlsplit

from wizard.doctor.finding import Finding, fit, unfit
from wizard.doctor.site import Site

TIMEOUT_S = 10.0
CURE = (
    "Look at WIZARD_MAIL_URL: smtp://NAME:PASSWORD@HOST:587, or smtps://NAME:PASSWORD@HOST:465. Special characters of"
    " the password are written as %40 and so on. Without it links are shown, not mailed."
)


def mail(site: Site) -> Finding:
    if not site.settings.mail_url:
        return fit("None is set up: one-time links are shown, not mailed.")
    address = urlsplit(site.settings.mail_url)
    host = address.hostname or ""
    if address.scheme not in {"smtp", "smtps"} or not host:
        return unfit("WIZARD_MAIL_URL is no address of a mail server.", CURE)
    try:
        with _greeted(site.settings.mail_url) as server:
            if address.username and address.password:
                server.login(unquote(address.username), unquote(address.password))
    except smtplib.SMTPAuthenticationError:
        return unfit(f"{host} does not take this name and password.", CURE)
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        return unfit(f"{host} does not take mail from here ({type(trouble).__name__}).", CURE)
    return fit(f"{host} would take mail; none was sent.")


def _greeted(url: str) -> smtplib.SMTP:
    address = urlsplit(url)
    host, port = address.hostname or "", address.port
    if address.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_S)
    server = smtplib.SMTP(host, port or 587, timeout=TIMEOUT_S)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls()
        server.ehlo()
    return server
