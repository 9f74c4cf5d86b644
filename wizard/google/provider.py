"""Where the provider's addresses and signing keys come from: its metadata document, never our source.

Source: OpenID Connect Discovery 1.0; developers.google.com/identity/openid-connect/openid-connect
"""

from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wizard.clock import Clock
from wizard.google.errors import AnswerUnreadable, GoogleSilent
from wizard.google.wire import Wire

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
KEYS_LAST = timedelta(hours=1)  # Google's own max-age is some hours; a withdrawn key must not be believed for ever
KEYS_PACE = timedelta(minutes=5)  # an unknown key id may be forged, so it moves us to ask once in a while only
LONG_AGO = timedelta(days=365)


class Provider:
    """One OpenID provider. Nothing is asked before the first need; what could not be had is asked for anew next time."""

    def __init__(self, url: str, wire: Wire, clock: Clock, timeout: float) -> None:
        self._url, self._wire, self._clock, self._timeout = url, wire, clock, timeout
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._keys_since = self._missed_since = clock() - LONG_AGO

    @property
    def issuer(self) -> str:
        return self.address("issuer")

    def address(self, name: str) -> str:
        """An entry of the metadata document, such as "token_endpoint".

        Raises GoogleSilent; AnswerUnreadable where the document lacks it, or lacks what OpenID Connect demands.
        """
        if not self._metadata:
            metadata = self._fetch(self._url)
            if not all(isinstance(metadata.get(needed), str) for needed in NEEDED):
                raise AnswerUnreadable
            self._metadata = metadata
        value = self._metadata.get(name)
        if not isinstance(value, str):
            raise AnswerUnreadable
        return value

    def keys(self) -> KeySet:
        """The signing keys. Raises GoogleSilent when they cannot be fetched: without keys nobody is believed."""
        if self._keys is None or self._is_over(self._keys_since, KEYS_LAST):
            return self._fetch_keys()
        return self._keys

    def keys_after_a_miss(self) -> KeySet:
        """The keys once more, since they did not know a key id; fetched at most once in five minutes for that."""
        if self._is_over(self._missed_since, KEYS_PACE):
            self._missed_since = self._clock()
            return self._fetch_keys()
        return self.keys()

    def _is_over(self, since: datetime, lasts: timedelta) -> bool:
        return abs(self._clock() - since) >= lasts  # a clock set back must not make keys immortal

    def _fetch_keys(self) -> KeySet:
        fetched = _key_set(self._fetch(self.address("jwks_uri")))
        self._keys, self._keys_since = fetched, self._clock()
        return fetched

    def _fetch(self, url: str) -> dict[str, Any]:
        answer = self._wire.say("GET", url, timeout=self._timeout)
        if not answer.is_good:
            raise GoogleSilent(answer.retry_after)
        return answer.json()


def _key_set(jwks: dict[str, Any]) -> KeySet:
    try:
        return KeySet.import_key_set(jwks)  # type: ignore[arg-type]  # whatever came is judged here
    except (JoseError, AttributeError, KeyError, TypeError, ValueError):
        raise AnswerUnreadable from None
