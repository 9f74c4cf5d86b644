"""What a letter with a personal link says, and the letter that tells an administrator who asks for a new one.

They must not look like phishing: from whom and of which clinic, a word that stands on both screens, where the Google
password is typed and where never, and how to come here without following any link. No client data.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invitation:
    """A personal link on its way to its owner. Addresses are whole, `until` is a day in words."""

    person: str
    by: str
    clinic: str
    word: str
    code: str  # as it is typed by hand
    address: str  # the link itself
    short_address: str  # the page that asks for the code
    until: str
    is_standin: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A letter without its envelope; the words are plain text in lines of their own."""

    subject: str
    words: str


def letter(invitation: Invitation) -> Written:
    """The letter to the person."""
    by = first_name(invitation.by)
    what = (
        "This clinic tries it out with the Stand-in for PIMSY: nothing reaches PIMSY or your clients."
        if invitation.is_standin
        else "It makes your appointments show in your Google Calendar."
    )
    return Written(
        f"Set up Google Calendar Sync: {invitation.clinic}, from {invitation.by}",
        "\n".join(
            (
                f"Hello {first_name(invitation.person)},",
                "",
                f"this is from {invitation.by}, {invitation.clinic}. Your own set-up of Google Calendar Sync is ready.",
                what,
                "",
                f"Open this address at your computer, in the browser that PIMSY opens. It is good until {invitation.until}:",
                invitation.address,
                "",
                f"The word of this letter is: {invitation.word}",
                f"The same word stands on the page that opens. Is it another one? Close the page and tell {by}.",
                "",
                "You would rather not follow a link? Type this address yourself",
                invitation.short_address,
                f"and then this code: {invitation.code}",
                "",
                "Your Google password is typed only on Google's own pages. Nobody asks for it here, in a letter or on the",
                "telephone. Have it at hand all the same, and the phone Google sends codes to.",
                "",
                f"You work at several computers? Open the same address at each of them until {invitation.until}.",
                "The address opens your set-up and nothing else. Do not pass it on.",
                f"Questions? Ask {by} as you always do. You did not expect this? Do nothing, and tell {by}.",
                "",
            )
        ),
    )


def asks_for_another(person: str, clinic: str, address: str) -> Written:
    """The letter to the administrator whose link has ended."""
    return Written(
        f"{person} asks for a new link: Google Calendar Sync",
        "\n".join(
            (
                f"{person} opened a personal link of {clinic} that has ended, and asks for a new one.",
                "",
                "Sign in to the wizard as you always do and open Links for people:",
                address,
                "",
                "What was done so far is kept.",
                "",
            )
        ),
    )


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else name
