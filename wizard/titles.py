"""What the title of an event seems to tell of a client. It compares signs and words: it may be wrong either way.

Nothing is remembered: a title comes in, kinds of data come out.
"""

import re
from collections.abc import Collection
from itertools import pairwise

NAME = "a person's name"
PHONE = "a telephone number"
DATE = "a date, as of a birth"
ADDRESS = "an e-mail address"
NUMBER = "a Social Security number"
CODE = "a diagnosis code"
DIAGNOSIS = "a word from a diagnosis"

PATTERNS = (
    (PHONE, re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)")),
    (DATE, re.compile(r"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)|\bDOB\b")),
    (ADDRESS, re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    (NUMBER, re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")),
    # As ICD-10-CM writes them: a letter, a digit, a third sign; then as a rule a point and up to four more.
    (CODE, re.compile(r"\b[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4})?\b")),
)

DIAGNOSES = """
abuse addiction adhd alcohol anxiety autism bipolar cancer dementia depression depressive detox disorder hiv methadone opioid
overdose panic pregnancy psychosis psychotic ptsd rehab relapse schizophrenia suicidal suicide suboxone trauma
"""
"""Words by which a passer-by would know why somebody comes. Few and plain: a longer list would not find every one either."""

ORDINARY = """
an and appointment assessment at available busy calendar call care client clinic community consult consultation crisis desk dob
evaluation family follow for front google group home hour hours in individual initial initials intake med medical medication
meeting new no note office on online pimsy review room sal schedule scheduled school service session show staff sync team telehealth
test testing the therapy time up video visit with
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday am pm est cst mst pst
"""
"""Words that begin with a capital letter in titles and name nobody."""

TELLING, PLAIN = frozenset(DIAGNOSES.split()), frozenset(ORDINARY.split())

WORD = re.compile(r"[^\W\d_][^\W\d_’'-]*(?:[’'-][^\W\d_]+)*\.?")


def seems_to_hold(title: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The kinds of client data the title seems to hold, in a fixed order; `known`: names that are no client's."""
    found = [kind for kind, pattern in PATTERNS if pattern.search(title)]
    words = [word.group() for word in WORD.finditer(title)]
    if any(word.casefold().rstrip(".") in TELLING for word in words):
        found.append(DIAGNOSIS)
    ours = {part.casefold() for name in known for part in name.split()}
    if any(_could_be_names(one, other, ours) for one, other in pairwise(words)):
        found.insert(0, NAME)
    return tuple(found)


def _could_be_names(one: str, other: str, ours: Collection[str]) -> bool:
    """Two names side by side, or a name and an initial: "Doe, John", "John D.", "J. Doe"."""
    names = [_could_be_name(word, ours) for word in (one, other)]
    return all(names) or (any(names) and any(map(_is_initial, (one, other))))


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def _could_be_name(word: str, ours: Collection[str]) -> bool:
    """Two letters and more, the first a capital: initials alone are what a careful clinic writes."""
    bare = word.rstrip(".")
    is_plain = bare.casefold() in PLAIN | TELLING or bare.casefold() in ours
    return len(bare) > 1 and bare[0].isupper() and not word.endswith(".") and not is_plain
