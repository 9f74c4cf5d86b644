"""A mail server of this computer that takes letters and shows them."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import Queue
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

NAME, PASSWORD = "wizard", "mail secret"


class Letters:
    """What was taken, in the order it came."""

    def __init__(self) -> None:
        self.port = 0
        self._taken: Queue[EmailMessage] = Queue()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if any(address.startswith("unwanted@") for address in envelope.rcpt_tos):
            return "554 we do not like this letter"
        content = envelope.content
        assert isinstance(content, bytes)
        self._taken.put(message_from_bytes(content, policy=policy.default))
        return "250 taken"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("refused@"):
            return f"550 {address} is not known here"
        envelope.rcpt_tos.append(address)
        return "250 known"

    def next(self) -> EmailMessage:
        """The letter that comes next; it may still be under way."""
        return self._taken.get(timeout=10)

    @property
    def is_empty(self) -> bool:
        return self._taken.empty()


class _AnyPort(Controller):
    """aiosmtpd greets its own server once; with port 0 only the server knows where that is."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd's own


@contextmanager
def mail_server() -> Iterator[Letters]:
    """On a free port of every address of this computer; it takes a name only with its password, and none at all."""
    letters = Letters()

    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and (given.login, given.password) == (NAME.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)

    controller = _AnyPort(letters, hostname="0.0.0.0", port=0, authenticator=check, auth_require_tls=False)
    controller.start()
    letters.port = controller.port
    try:
        yield letters
    finally:
        controller.stop()
