"""What the title of an appointment tells Google. Pure.

Google may hold anything of a client only under an agreement (BAA), which its free accounts do not have
(support.google.com/a/answer/3407054). That is why the title says nothing unless the clinic chose otherwise, and says
nothing in an account that no organisation manages, whatever the clinic chose.
"""

from typing import Final

NOTHING, INITIALS, NUMBER = "nothing", "initials", "number"
CHOICES: Final = (NOTHING, INITIALS, NUMBER)

TEST, PLAIN = "PIMSY sync test", "PIMSY appointment"


def summary(choice: str, client_id: int, client_name: str, *, is_test: bool, is_managed: bool) -> str:
    """The title, by the clinic's choice. `is_managed`: the account belongs to an organisation (`hd`)."""
    if is_test:
        return TEST
    if choice == INITIALS and is_managed and (letters := initials(client_name)):
        return f"PIMSY {letters}"
    if choice == NUMBER and is_managed:
        return f"PIMSY no. {client_id}"
    return PLAIN


def initials(name: str) -> str:
    """T.C. for Test Client: a calendar on a front desk's screen shows no names."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(f"{word[0].upper()}." for word in (words[:1] + words[1:][-1:]))
