"""Secrets at rest: encrypted and authenticated, under the first of several keys, readable by all of them."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Unreadable(Exception):
    """What is stored was not written by one of our keys, or was changed since."""


class Cipher:
    """Encrypts with the first key, reads with every key, so that keys can be changed without losing anything."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._each = [Fernet(_derived(key)) for key in keys]
        self._keys = MultiFernet(self._each)

    def encrypt(self, text: str) -> str:
        return self._keys.encrypt(text.encode()).decode()

    def decrypt(self, text: str) -> str:
        """Raises Unreadable."""
        try:
            return self._keys.decrypt(text.encode()).decode()
        except InvalidToken as error:
            raise Unreadable from error

    def key_of(self, text: str) -> int | None:
        """Which of the keys, counted from 0, opens it; None where none does."""
        return next((place for place, key in enumerate(self._each) if _opens(key, text)), None)


def _opens(key: Fernet, text: str) -> bool:
    try:
        key.decrypt(text.encode())
    except InvalidToken:
        return False
    return True


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"wizard secrets at rest")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
