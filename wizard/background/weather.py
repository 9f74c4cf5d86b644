"""Whether Google answers anybody at all: when it does not, one delivery knocks for every clinic and the others wait. Pure."""

SILENT, SETUP = "GOOGLE-BUSY", "OPERATOR-SETUP"

ACCOUNTS = {SILENT: 5, SETUP: 2}
"""So many accounts in a row, none of which was answered, are no accident of theirs."""


class Weather:
    """What the deliveries of this process met one after the other."""

    def __init__(self) -> None:
        self._met: dict[str, set[str]] = {code: set() for code in ACCOUNTS}

    def meets(self, account: str, code: str) -> None:
        """A delivery of that account ended with this code: empty where Google confirmed it, or answered it."""
        for of_code, accounts in self._met.items():
            if of_code == code:
                accounts.add(account)
            else:
                accounts.clear()

    @property
    def code(self) -> str:
        """What keeps everybody waiting; empty while somebody is answered."""
        return next((code for code, accounts in self._met.items() if len(accounts) >= ACCOUNTS[code]), "")
