"""Passwords of this wizard: what is asked of one, and how it is kept."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200

# OWASP's first choice for argon2id (19 MiB, 2 passes): 16 threads at once then take 300 MiB and not a gigabyte
# (cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$JuNMogrIAD8xdorVxMofGA$cxaDEVL2eG+MuzSpIgjUv5QleW4vbhpoOQ7GrDSMe+Q"
"""A digest that no password has: an unknown address costs as long as a wrong password."""


def digest_of(password: str) -> str:
    """What is stored: argon2id with a salt of its own."""
    return HASHER.hash(_plain(password))


def is_right(digest: str | None, password: str) -> bool:
    """Whether the digest is of that password; without a digest it takes as long and is never so."""
    try:
        HASHER.verify(digest or NOBODYS, _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return digest is not None


def is_outdated(digest: str) -> bool:
    """Made with other parameters than today's, so a good sign-in is the moment to make it anew."""
    return HASHER.check_needs_rehash(digest)


def problem_with(password: str, email: str, clinic: str) -> str:
    """What has to change before it can be a password, as a sentence; empty where nothing has to.

    No kinds of signs are demanded (pages.nist.gov/800-63-4/sp800-63b.html, "passwords").
    """
    if len(password) < SHORTEST:
        return f"Choose a longer password: at least {SHORTEST} letters, signs or spaces"
    if len(password) > LONGEST:
        return f"Choose a shorter password: at most {LONGEST} letters"
    known = {_bare(email), _bare(email.partition("@")[0]), _bare(clinic)}
    if _bare(password) in known:
        return "Choose another password: this one is the e-mail address or the clinic's name, which others know"
    return ""


def _plain(password: str) -> str:
    """The same letters typed at another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
