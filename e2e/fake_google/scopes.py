"""Scopes, short and long, and the words a person reads for each."""

from typing import Final

from .description import scope_words

PREFIX: Final = "https://www.googleapis.com/auth/"

# Google answers with the long names, whichever were asked for.
ALIASES: Final = {"email": PREFIX + "userinfo.email", "profile": PREFIX + "userinfo.profile"}
IDENTITY: Final = frozenset({"openid", *ALIASES.values()})

WORDS: Final = scope_words() | {
    "openid": "Associate you with your personal info on Google",
    ALIASES["email"]: "See your primary Google Account email address",
    ALIASES["profile"]: "See your personal info, including any personal info you've made publicly available",
}


def full_names(text: str) -> list[str]:
    """What was asked for, each once, in Google's long names. Raises ValueError, naming what is no scope."""
    names = list(dict.fromkeys(ALIASES.get(name, name) for name in text.split()))
    if unknown := [name for name in names if name not in WORDS]:
        raise ValueError(" ".join(unknown))
    return names


def spelt_out(names: list[str]) -> list[str]:
    """The same, for a test that says `calendar.events.owned` or `events.owned`."""
    tried = {name: (name, PREFIX + name, PREFIX + "calendar." + name) for name in names}
    return full_names(" ".join(next((t for t in tries if t in WORDS), name) for name, tries in tried.items()))
