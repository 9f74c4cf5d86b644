"""What may be an e-mail address; whether it exists, its owner's mail server or Google will say."""

import re

LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3: a path has at most 256 signs, two of them brackets."""

ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")


WHOLE = "Type the whole address, as in maria@clinic.example, without spaces"
"""What is said where it cannot be one."""


def may_be_address(text: str) -> bool:
    """Empty is allowed."""
    return not text or (len(text) <= LONGEST_ADDRESS and text.isprintable() and ADDRESS.fullmatch(text) is not None)
