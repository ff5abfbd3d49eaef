"""Co-owners of a case for its page: shares in dang, who consented to what, whose consent the reader may give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from apps.cases.models import CaseParty
from apps.common.text import Text, persian_digits
from apps.extracts.canonical import digest
from apps.parties import mandates
from apps.parties.models import Scope
from frontend.case_page_reader import Look, name_of

_DANG = 6


@dataclass(frozen=True, slots=True)
class Owner:
    """One co-owner. `mine`: the reader is this co-owner. `may_consent`: in person or by a mandate.

    `stale`: what they consented to has changed since.
    """

    id: int
    name: Text
    share: Text
    consented_at: datetime | None
    stale: bool
    mine: bool
    may_consent: bool
    confirmed: bool
    has_account: bool


@dataclass(frozen=True, slots=True)
class Owners:
    """The co-owners. `about`: digest of the request as it stands. `rest`: the applicant's share when all are named."""

    listed: tuple[Owner, ...]
    about: str
    rest: Text

    @property
    def mine(self) -> Owner | None:
        """The reader, when they are one of them."""
        return next((owner for owner in self.listed if owner.mine), None)


def owners(look: Look, *, about: str) -> Owners:
    """The co-owners of the case as this reader sees them."""
    acts_for = _acts_for(look)
    listed = tuple(_owner(look, party, about, acts_for) for party in look.parties)
    given = sum((Fraction(p.share_numerator, p.share_denominator) for p in look.parties), Fraction(0))
    return Owners(listed=listed, about=about, rest=share_words(1 - given))


def request_digest(look: Look, brought: Sequence[str]) -> str:
    """The digest of what a co-owner consents to. `brought`: digests of what the room of the type keeps (a proposal)."""
    return digest({"case": look.case.tracking, "form": look.case.form, "brought": list(brought)})


def share_words(share: Fraction) -> Text:
    """1/3 as '۲ دانگ از ۶ دانگ'; a share that is no half or whole dang as a fraction."""
    dang = share * _DANG
    if dang.denominator in (1, 2):
        whole, half = divmod(dang, 1)
        fa = " و ".join([*([persian_digits(whole)] if whole or not half else []), *(["نیم"] if half else [])])
        en = f"{whole}½".removeprefix("0") if half else str(whole)
        return Text(f"{fa} دانگ از ۶ دانگ", f"{en} of 6 dang")
    fa = persian_digits(f"{share.numerator} سهم از {share.denominator} سهم")
    return Text(fa, f"{share.numerator} of {share.denominator} shares")


def _owner(look: Look, party: CaseParty, about: str, acts_for: set[int]) -> Owner:
    mine = party.person_id == look.person.pk
    given = party.consented_at is not None
    return Owner(
        id=party.pk,
        name=Text.of(party.name) if party.name else name_of(party.person) if party.person else Text.of("-"),
        share=share_words(Fraction(party.share_numerator, party.share_denominator)),
        consented_at=party.consented_at,
        stale=given and party.consented_to not in ("", about),
        mine=mine,
        may_consent=look.in_hands and not given and (mine or party.person_id in acts_for),
        confirmed=party.confirmed_by_id is not None,
        has_account=party.person_id is not None,
    )


def _acts_for(look: Look) -> set[int]:
    """Co-owners, by account, in whose name the reader may act on this land or case."""
    people = [party.person_id for party in look.parties if party.person_id not in (None, look.person.pk)]
    if not people or not look.owner_side:
        return set()
    about = mandates.about(land_code=look.case.land_code, tracking=look.case.tracking)
    rows = mandates.held_by(look.person).filter(about, principal__in=people, scopes__contains=[Scope.ACT])
    return set(rows.values_list("principal_id", flat=True))
