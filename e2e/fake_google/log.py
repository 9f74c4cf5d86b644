"""Every request this Google was asked, for assertions."""

from collections import deque
from dataclasses import asdict, dataclass, field

from .nouns import Json

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `method` is the API's name for it ("events.insert", "token", "auth"), `verb` is HTTP's."""

    time: str  # world time, RFC 3339
    verb: str
    path: str
    query: dict[str, list[str]]
    method: str
    account: str
    client_id: str
    status: int  # 0: no answer reached the asker
    fault: str = ""
    body: Json | None = None  # of a Calendar API request


@dataclass(slots=True)
class Log:
    entries: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))

    def calls(self, method: str = "") -> list[Call]:
        return [call for call in self.entries if method in {"", call.method}]

    def as_json(self) -> list[Json]:
        return [asdict(call) for call in self.entries]
