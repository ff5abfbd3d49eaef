"""What a provider said about somebody, read with care. Pure but for the city's numbering plan."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from apps.common.errors import BadInputError
from apps.common.text import latin_digits
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.national_id import LENGTH, is_national_id
from apps.parties.oidc_config import Provider

_LONGEST_NAME = 120
_LONGEST_SUBJECT = 255
_LOST_ZEROS = 2


@dataclass(frozen=True, slots=True)
class Claims:
    """(issuer, subject), and what was said with it. "" = not said, or not said so that it can be relied on.

    `mobile`: canonical, and only when the provider says that it confirmed it.
    """

    issuer: str
    subject: str
    mobile: str
    national_id: str
    name: str

    def as_dict(self) -> dict[str, str]:
        """For the session on the server."""
        return asdict(self)


def read_claims(said: Mapping[str, Any], *, provider: Provider) -> Claims:
    """The claims of an ID token that was checked. Raises KeyError or ValueError without a usable subject."""
    subject = said["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or "\x00" in subject:
        raise ValueError("the subject is no text of a usable length")
    return Claims(
        issuer=provider.issuer,
        subject=subject,
        mobile=_confirmed_mobile(said, claim=provider.phone_claim),
        national_id=_national_id(said.get(provider.national_id_claim)),
        name=_name(said.get("name")),
    )


def _confirmed_mobile(said: Mapping[str, Any], *, claim: str) -> str:
    """The number, when `<claim>_verified` is the JSON value true and nothing else."""
    if said.get(f"{claim}_verified") is not True:
        return ""
    try:
        return canonical_mobile(str(said.get(claim, "")), plan=city_plan())
    except BadInputError:
        return ""


def _national_id(raw: object) -> str:
    """Ten digits; the one or two zeros that a provider lost in front are put back."""
    written = latin_digits(str(raw or "")).strip()
    padded = written.zfill(LENGTH)
    return padded if len(written) >= LENGTH - _LOST_ZEROS and is_national_id(padded) else ""


def _name(raw: object) -> str:
    written = " ".join(raw.split()) if isinstance(raw, str) else ""
    return "".join(letter for letter in written if letter.isprintable() or letter == "\u200c")[:_LONGEST_NAME]
