"""Identifiers of legal persons and of addresses. Pure. National IDs of natural persons: `national_id`.

No kept library checks them (docs/dependencies.md), so the tests hold these few lines against numbers of registered
organisations and against numbers that another implementation made.
"""

import re
import unicodedata

from apps.common.text import Text, latin_digits

LEGAL_LENGTH = 11
_WEIGHTS = (29, 27, 23, 19, 17)
_MODULUS = 11
# Ten digits; 0 and 2 do not occur in the first five, nor 5 in the fifth, and the first four are not all the same.
_POSTAL = re.compile(r"(?!(\d)\1{3})[13-9]{4}[1346-9][013-9]{5}", flags=re.ASCII)


def is_legal_id(raw: str) -> bool:
    """Whether these are eleven digits of a legal person (شناسه ملی) whose check digit fits.

    Each of the first ten digits, with the tenth and two added, counts by its weight; the rest by eleven is the check,
    and a rest of ten is written 0. An empty serial (digits four to nine) is no organisation.
    """
    if len(raw) != LEGAL_LENGTH or not (raw.isascii() and raw.isdigit()) or not raw[3:9].strip("0"):
        return False
    added = int(raw[9]) + 2
    total = sum((int(digit) + added) * _WEIGHTS[place % 5] for place, digit in enumerate(raw[:10]))
    return int(raw[10]) == total % _MODULUS % 10


def plain_identifier(raw: str) -> str:
    """Latin digits without spaces, dashes and the invisible marks that come along with a copied number."""
    kept = (letter for letter in latin_digits(raw) if unicodedata.category(letter) not in {"Cf", "Pd", "Zs"})
    return "".join(kept).strip()


def postal_code_doubt(raw: str) -> Text | None:
    """Why a postal code looks wrong; None when it does not. A warning, never a refusal: codes are being renewed."""
    if _POSTAL.fullmatch(plain_identifier(raw)):
        return None
    return Text(
        fa="این کد پستی غیرعادی به نظر می‌رسد: کد پستی ده رقم است. آن را با قبض یا سند بسنجید؛ می‌توانید ادامه دهید.",
        en="This postal code looks unusual: a postal code has ten digits. Compare it with a bill or the deed; "
        "you may go on.",
    )
