"""Tracking numbers that people read out on the phone."""

import secrets

# 31 letters: a prime count, so that the check letter catches every single wrong letter and every swap of
# two neighbours. Left out because people confuse them: 0 O, 1 I, and Z (with 2).
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
_BODY = 8


def tracking_number(prefix: str) -> str:
    """Random, without look-alike letters, with a check letter: 'PR-7K2M-9XQ4-B'."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_BODY))
    return f"{prefix}-{body[:4]}-{body[4:]}-{_check(body)}"


def is_tracking_number(raw: str) -> bool:
    """Whether the check letter fits; spaces, case and the prefix do not matter."""
    parts = raw.strip().upper().replace(" ", "").split("-")
    if len(parts) != 4:  # noqa: PLR2004 - prefix, two groups, check letter
        return False
    body = parts[1] + parts[2]
    return len(body) == _BODY and set(body) <= set(_ALPHABET) and parts[3] == _check(body)


def _check(body: str) -> str:
    weighted = sum((i + 2) * _ALPHABET.index(c) for i, c in enumerate(body))
    return _ALPHABET[weighted % len(_ALPHABET)]
