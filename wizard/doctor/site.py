"""What the checks of doctor look at: this installation's settings, its keys, the present, and what Google showed."""

from dataclasses import dataclass
from datetime import datetime

from wizard.config import Settings
from wizard.google import Examination
from wizard.store.encryption import Cipher


@dataclass(frozen=True, slots=True)
class Site:
    """Handed to every check. The database is asked through wizard.store, inside the app."""

    settings: Settings
    cipher: Cipher
    now: datetime
    google: Examination
    has_tables: bool  # of this program's revision: others may be asked nothing
