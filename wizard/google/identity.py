"""Who came back: the id_token, verified. All the rules are Authlib's and joserfc's; here they are told what to expect.

Source: OpenID Connect Core 1.0 section 3.1.3.7; developers.google.com/identity/openid-connect/openid-connect
"""

from datetime import timedelta
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from wizard.clock import system_clock
from wizard.google.answers import Answer
from wizard.google.errors import AnswerRefused, ClockWrong
from wizard.google.provider import Provider

ALGORITHMS = ["RS256"]  # what Google signs with, and what every OpenID provider has to offer; never "none", never HS256
LEEWAY_S = 120
FALSE_CLOCK = timedelta(seconds=LEEWAY_S)
TIMES = {"iat", "exp", "nbf"}


def verified(
    id_token: str, access_token: str, *, nonce: str, client_id: str, provider: Provider, answer: Answer
) -> dict[str, Any]:
    """The claims of an id_token whose signature, issuer, audience, nonce, times and access token are right.

    Google's documents let `iss` go without its scheme. `answer` is the one that brought the token: its Date tells a wrong
    clock from an old token. Raises AnswerRefused, ClockWrong.
    """
    try:
        token, issuer = _decoded(id_token, provider), provider.issuer
        claims = CodeIDToken(
            token.claims,
            token.header,
            {"iss": {"essential": True, "values": [issuer, issuer.removeprefix("https://")]}},
            {"nonce": nonce, "client_id": client_id, "access_token": access_token},
        )
        claims.validate(leeway=LEEWAY_S)
    except ClaimError as error:
        if isinstance(error, ExpiredTokenError) or error.claim in TIMES:
            _blame_the_clock(answer)
        raise AnswerRefused from None
    except (JoseError, AttributeError, TypeError, ValueError):  # what is no token at all ends in any of these
        raise AnswerRefused from None
    if claims["aud"] not in (client_id, [client_id]):
        raise AnswerRefused  # Authlib takes another audience where azp names us, and others beside us
    return dict(claims)


def _decoded(id_token: str, provider: Provider) -> jwt.Token:
    try:
        return _decoded_by(id_token, provider.keys())
    except InvalidKeyIdError:
        return _decoded_by(id_token, provider.keys_after_a_miss())


def _decoded_by(id_token: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(id_token, key=keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))


def _blame_the_clock(answer: Answer) -> None:
    """An id_token follows real time, as its verification does, also where the wizard's clock is moved for a test."""
    if answer.date is None:
        return
    off = abs(system_clock() - answer.date)
    if off > FALSE_CLOCK:
        raise ClockWrong(off) from None
