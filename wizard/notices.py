"""Mail: short letters that carry one link each, sent through the clinic's own server."""

import logging
import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from wizard.config import LOOPBACK, Settings

TIMEOUT_S = 10.0
REFUSED_FOR_GOOD = 500
"""RFC 5321, 4.2.1: from this code on the client should not repeat the same request; below it, later may do."""

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server did not take it; the sentence says why, without the server's password or anybody's address."""


class NotTaken(NotSent):
    """It does not take this letter, whatever it says to others; `for_good` where asking again brings nothing."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.for_good = for_good


def new_password(to: str, clinic: str, address: str) -> EmailMessage:
    """The letter to an administrator who forgot her password."""
    return _letter(
        to,
        "A new password for Google Calendar Sync",
        f"Somebody asked for a new password for the Google Calendar Sync wizard of {clinic}.\n\n"
        f"Open this address within one hour and choose one:\n{address}\n\n"
        "It was not you? Do nothing: your password stays as it is.\n",
    )


def invitation(to: str, clinic: str, by: str, address: str) -> EmailMessage:
    """The letter to an administrator who was added."""
    return _letter(
        to,
        "You are an administrator of Google Calendar Sync",
        f"{by} made you an administrator of the Google Calendar Sync wizard of {clinic}.\n\n"
        f"Open this address within 7 days and choose a password:\n{address}\n\n"
        "It is not your Google password, and this wizard never asks for that one.\n",
    )


def plain(to: str, subject: str, words: str, message_id: str) -> EmailMessage:
    """A letter out of the outbox. The same one sent twice carries the same id, by which mail programs show it once."""
    letter = _letter(to, subject, words)
    letter["Message-ID"] = message_id
    return letter


def send(settings: Settings, letter: EmailMessage) -> None:
    """Hand a letter to the mail server. Takes 10 seconds at most for each answer; never inside a transaction.

    Raises NotSent.
    """
    server = urlsplit(settings.mail_url)
    letter["From"] = _sender(server, settings)
    with _connected(settings.mail_url) as line:
        _hand_over(line, letter)


def _hand_over(line: smtplib.SMTP, letter: EmailMessage) -> None:
    """What is wrong with one letter alone is told apart: the server may take the next one."""
    try:
        line.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise NotTaken(_why(error), for_good=min(codes) >= REFUSED_FOR_GOOD) from error
    except smtplib.SMTPDataError as error:
        raise NotTaken(_why(error), for_good=error.smtp_code >= REFUSED_FOR_GOOD) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotTaken("The mail server takes no address with such letters", for_good=True) from error


def send_later(settings: Settings, letter: EmailMessage) -> None:
    """Send it beside the request: how long an answer takes tells nobody whether there was something to send."""

    def run() -> None:
        try:
            send(settings, letter)
        except NotSent as error:
            log.warning("a letter was not sent: %s", error)

    threading.Thread(target=run, name="letter", daemon=True).start()


def greet(mail_url: str) -> None:
    """Connect, sign in where the address holds a name, and leave again. Raises NotSent."""
    with _connected(mail_url):
        pass


@contextmanager
def _connected(mail_url: str) -> Iterator[smtplib.SMTP]:
    """A line to the server, signed in where the address holds a name. Whatever goes wrong on it is NotSent."""
    server = urlsplit(mail_url)
    try:
        with _line(server) as line:
            if server.username:
                line.login(unquote(server.username), unquote(server.password or ""))
            yield line
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(_why(error)) from error


def _line(server: SplitResult) -> smtplib.SMTP:
    """Encrypted wherever it can be; a password never goes over one that is not, but on this computer."""
    host = server.hostname or ""
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, server.port or smtplib.SMTP_SSL_PORT, timeout=TIMEOUT_S, context=context)
    line = smtplib.SMTP(host, server.port or smtplib.SMTP_PORT, timeout=TIMEOUT_S)
    try:
        _protect(line, server)
    except BaseException:
        line.close()
        raise
    return line


def _protect(line: smtplib.SMTP, server: SplitResult) -> None:
    line.ehlo()
    if line.has_extn("starttls"):
        line.starttls(context=ssl.create_default_context())
    elif server.username and server.hostname not in LOOPBACK:
        raise NotSent("The mail server offers no encryption, so the password was not sent. Use smtps://")


def _sender(server: SplitResult, settings: Settings) -> str:
    """`?from=` of the mail address, else the name it signs in with, else the wizard at its own host."""
    named = parse_qs(server.query).get("from", [""])[0]
    user = unquote(server.username or "")
    return named or (user if "@" in user else f"wizard@{urlsplit(settings.public_url).hostname}")


def _why(error: Exception) -> str:
    """What a server says may repeat addresses and names; its number and kind do not."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"The mail server refused the name or the password ({error.smtp_code})"
        case smtplib.SMTPResponseException():
            return f"The mail server refused it ({error.smtp_code})"
        case smtplib.SMTPRecipientsRefused():
            return "The mail server does not take mail for this address"
        case ssl.SSLError():
            return "The mail server's certificate cannot be trusted, or it does not speak TLS there"
        case TimeoutError():
            return "The mail server does not answer"
        case OSError():
            return f"The mail server cannot be reached ({error.strerror or 'no answer'})"
    return f"The mail server's answer was not understood ({type(error).__name__})"


def _letter(to: str, subject: str, words: str) -> EmailMessage:
    letter = EmailMessage()
    letter["To"] = to
    letter["Subject"] = subject
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(words)
    return letter
