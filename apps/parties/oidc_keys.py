"""The provider's signing keys, read anew for each sign-in: a key it has withdrawn must not go on working here."""

from typing import Any

import jwt

from apps.parties.oidc_fetch import ShortSession


def signing_key(id_token: str, *, keys_url: str) -> jwt.PyJWK:
    """The key that signed this token: the one it names, or the only one there is.

    Raises jwt.PyJWTError (no such key), requests.RequestException.
    """
    with ShortSession() as session:
        response = session.get(keys_url)
        response.raise_for_status()
        said = response.json()
    keys = [key for key in _keys(said) if key.public_key_use in ("sig", None)]
    name = jwt.get_unverified_header(id_token).get("kid")
    named = [key for key in keys if key.key_id == name] if name is not None else keys
    if len(named) != 1:
        raise jwt.InvalidKeyError("the token does not name one of the provider's keys")
    return named[0]


def _keys(said: Any) -> list[jwt.PyJWK]:
    return jwt.PyJWKSet.from_dict(said if isinstance(said, dict) else {}).keys
