"""Co-owners of a case for its page: shares in dang, who consented to what, whose consent the reader may give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from apps.cases.models import CaseParty
from apps.common.text import Text, persian_digits
from apps.extracts.canonical import digest
from apps.parties import mandates
from apps.parties.identifiers import is_legal_id
from apps.parties.models import Scope
from frontend.case_page_reader import Look, name_of

_DANG = 6


@dataclass(frozen=True, slots=True)
class Owner:
    """One co-owner. `mine`: the reader is this co-owner, or acts in the name of this legal person.

    `may_consent`: in person or by a mandate. `stale`: what they consented to has changed since. `here`: somebody can
    sign in for this owner. `identifier`: for the office, which holds it against the deed. `proven`: the account that
    consents is known to be of this national ID.
    """

    id: int
    name: Text
    share: Text
    consented_at: datetime | None
    stale: bool
    mine: bool
    may_consent: bool
    confirmed: bool
    here: bool
    legal: bool
    identifier: str
    proven: bool


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
    mine = party.organisation_id in look.binds if party.organisation_id else party.person_id == look.person.pk
    given = party.consented_at is not None
    return Owner(
        id=party.pk,
        name=name_of_party(party),
        share=share_words(Fraction(party.share_numerator, party.share_denominator)),
        consented_at=party.consented_at,
        stale=given and party.consented_to not in ("", about),
        mine=mine,
        may_consent=look.in_hands and not given and (mine or party.pk in acts_for),
        confirmed=party.confirmed_by_id is not None,
        here=party.person_id is not None or party.organisation_id is not None,
        legal=is_legal_id(party.national_id),
        identifier="" if look.owner_side else party.national_id,
        proven=party.person is not None and party.person.national_id == party.national_id != "",
    )


def name_of_party(party: CaseParty) -> Text:
    """A co-owner's name: as declared, else as registered or as the account has it."""
    if party.name:
        return Text.of(party.name)
    if party.organisation is not None:
        return Text(party.organisation.name_fa, party.organisation.name_en or party.organisation.name_fa)
    return name_of(party.person) if party.person else Text("شریک ملک", "a co-owner")


def _acts_for(look: Look) -> set[int]:
    """Keys of co-owners in whose name the reader may act on this land or case; `owners_standing.acts_for` for all."""
    others = [party for party in look.parties if party.person_id != look.person.pk]
    if not others or not look.owner_side:
        return set()
    about = mandates.about(land_code=look.case.land_code, tracking=look.case.tracking)
    held = mandates.held_by(look.person).filter(about, scopes__contains=[Scope.ACT])
    given = set(held.values_list("principal_organisation_id", "principal_id"))
    bodies, people = {body for body, _ in given if body}, {person for body, person in given if not body}
    return {p.pk for p in others if (p.organisation_id in bodies if p.organisation_id else p.person_id in people)}


def why_awaited(party: CaseParty) -> Text:
    """What an owner's consent waits for."""
    if party.person_id is not None:
        return _CONSENT
    if party.organisation_id is not None:
        return _BY_MEMBERS
    return _NOT_REGISTERED if is_legal_id(party.national_id) else _NO_ACCOUNT


_CONSENT = Text(
    "شریک ملک پرونده را در حساب خود می‌بیند و همان‌جا رضایت می‌دهد یا اعتراض می‌کند.",
    "The co-owner sees the case in their own account, and consents or objects there.",
)
_NO_ACCOUNT = Text(
    "با این شمارهٔ همراه هنوز کسی وارد نشده است. از شریک خود بخواهید با همین شماره وارد شود.",
    "Nobody has signed in with this mobile number yet. Ask your co-owner to sign in with it.",
)
_BY_MEMBERS = Text(
    "مدیر یا صاحب امضای این شرکت پرونده را در حساب خود می‌بیند و به نام شرکت رضایت می‌دهد یا اعتراض می‌کند.",
    "A manager or signatory of this company sees the case in their account, and consents or objects in its name.",
)
_NOT_REGISTERED = Text(
    "این شناسهٔ ملی هنوز در سامانه ثبت نشده است. شهرداری شرکت را با آگهی ثبت و صاحبان امضا ثبت می‌کند؛ "
    "پرونده پس از آن خود به حساب آنان می‌رسد.",
    "This identifier is not registered here yet. The city registers the company with its gazette and signatories; "
    "the case then reaches their accounts by itself.",
)
