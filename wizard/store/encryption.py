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
        self._keys = MultiFernet([Fernet(_derived(key)) for key in keys])

    def encrypt(self, text: str) -> str:
        return self._keys.encrypt(text.encode()).decode()

    def decrypt(self, text: str) -> str:
        """Raises Unreadable."""
        try:
            return self._keys.decrypt(text.encode()).decode()
        except InvalidToken as error:
            raise Unreadable from error


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"wizard secrets at rest")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))
