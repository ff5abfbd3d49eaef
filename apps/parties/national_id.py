"""National IDs of persons: ten digits, the last one a check (3-domain §5.1, S64). Leading zeros belong to it."""

LENGTH = 10
_MODULUS = 11


def is_national_id(raw: str) -> bool:
    """Whether these are ten digits that are not all equal and whose check fits."""
    if len(raw) != LENGTH or not (raw.isascii() and raw.isdigit()) or len(set(raw)) == 1:
        return False
    rest = sum(int(digit) * (LENGTH - place) for place, digit in enumerate(raw[:-1])) % _MODULUS
    return int(raw[-1]) == (rest if rest < 2 else _MODULUS - rest)  # noqa: PLR2004 - 0 and 1 stand for themselves
