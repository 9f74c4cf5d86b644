"""A consent that waits for the answer to "Right?", as it is written down meanwhile. What is written is a secret."""

import json
from datetime import datetime

from wizard.evidence import Account
from wizard.google import Consent


def written(consent: Consent) -> str:
    return json.dumps(
        {
            "account": [consent.account.sub, consent.account.email, consent.account.hd],
            "email_verified": consent.email_verified,
            "scopes": sorted(consent.scopes),
            "access_token": consent.access_token,
            "expires_at": consent.expires_at.isoformat() if consent.expires_at else "",
            "refresh_token": consent.refresh_token,
        }
    )


def read(text: str) -> Consent:
    stored = json.loads(text)
    expires = stored["expires_at"]
    return Consent(
        account=Account(*stored["account"]),
        email_verified=stored["email_verified"],
        scopes=frozenset(stored["scopes"]),
        access_token=stored["access_token"],
        expires_at=datetime.fromisoformat(expires) if expires else None,
        refresh_token=stored["refresh_token"],
    )
