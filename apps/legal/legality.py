"""Why an act cannot be recorded, in words that say what to do. Pure but for the errors it raises."""

from collections.abc import Iterable
from dataclasses import replace

from apps.common.errors import BadInputError, ConflictError
from apps.common.text import Text
from apps.legal.acts import ActKind, ActRecord, Status
from apps.legal.projection import reachable
from apps.legal.rules import State, fold, step

_ONCE = frozenset({ActKind.APPROVE, ActKind.PROMULGATE})
_ENDED = frozenset({Status.ANNULLED, Status.REPEALED})


def check_days(act: ActRecord) -> None:
    """Refuse an effective day that this kind of act cannot have. Raises BadInputError."""
    if act.kind is ActKind.APPROVE and act.effective_on != act.act_date:
        raise BadInputError(
            fa="مصوبه از روز تصویب اثر دارد: تاریخ اثر را همان تاریخ سند بنویسید.",
            en="An approval works from its own day: give the act's date as its effective day.",
        )
    if act.kind is ActKind.PROMULGATE and act.effective_on < act.act_date:
        raise BadInputError(
            fa="ابلاغ به گذشته برنمی‌گردد: تاریخ اثر باید روز ابلاغ یا پس از آن باشد.",
            en="A promulgation does not bind backwards: its effective day must be the act's date or later.",
        )


def check_successor(act: ActRecord, acts: Iterable[ActRecord]) -> None:
    """Refuse a replacement that leads back to the instrument itself. Raises ConflictError."""
    if act.replaced_by is not None and act.instrument in reachable(acts, act.replaced_by):
        raise ConflictError(
            fa="این جایگزینی به خود سند برمی‌گردد. برای متن تازه یک سند تازه ثبت کنید و آن را جایگزین کنید.",
            en="This replacement leads back to the instrument itself. Register the new text as a new instrument.",
        )


def check_effect(act: ActRecord, acts: Iterable[ActRecord], places: Iterable[frozenset[int]]) -> None:
    """Refuse an act that would be without effect at every place it reaches. Raises ConflictError.

    `acts`: those recorded so far; `places`: the atoms of the plane, cut with the new act's scope too.
    """
    own = [a for a in acts if a.instrument == act.instrument]
    refusals = [_refusal(act, [a for a in own if a.works_in(place)]) for place in places if act.works_in(place)]
    if all(refusal is not None for refusal in refusals):
        text = next((r for r in refusals if r is not None), _nowhere())
        raise ConflictError(fa=text.fa, en=text.en, kind=act.kind.value)


def _refusal(act: ActRecord, here: list[ActRecord]) -> Text | None:
    if act.kind in _ONCE and any(a.kind is act.kind for a in here):
        return _done(act)
    before = fold(a for a in here if a.order < act.order)
    if step(before, act) is not None:
        return None
    return _why(act, before)


def _why(act: ActRecord, state: State) -> Text:
    if state.stage in _ENDED and state.basis is not None:
        return _ended(state.basis)
    if act.kind is ActKind.LIFT:
        return Text(
            fa=f"در {act.effective_on} توقفی که نام برده‌اید برقرار نیست: یا هنوز آغاز نشده، یا پیش‌تر رفع شده است.",
            en=f"The suspension you name is not active on {act.effective_on}: not begun yet, or already lifted.",
        )
    if state.stage is Status.DRAFT:
        return Text(
            fa=f"این سند در {act.effective_on} هنوز تصویب نشده است. نخست تصویب را ثبت کنید یا روز دیگری بدهید.",
            en=f"The instrument is not approved on {act.effective_on}. Record its approval first, or give a later day.",
        )
    return _done(act)


def _done(act: ActRecord) -> Text:
    words = {
        ActKind.APPROVE: ("تصویب", "approval"),
        ActKind.PROMULGATE: ("ابلاغ", "promulgation"),
    }.get(act.kind, ("جایگزینی", "replacement"))
    return Text(
        fa=f"{words[0]} این سند پیش‌تر ثبت شده است. برای متن تازه یک سند تازه ثبت کنید.",
        en=f"The {words[1]} of this instrument is already recorded. Register a new text as a new instrument.",
    )


def _ended(by: ActRecord) -> Text:
    return Text(
        fa=f"این سند از {by.effective_on} پایان یافته است (لغو یا ابطال) و پس از آن سندی بر آن ثبت نمی‌شود.",
        en=f"The instrument ended on {by.effective_on} ({by.kind.value}); no further act can work after that.",
    )


def _nowhere() -> Text:
    return Text(
        fa="محدودهٔ این سند به جایی نمی‌رسد. محدوده را دوباره بکشید.",
        en="The scope of this act reaches no place. Draw it again.",
    )


def with_pretended_id(act: ActRecord, *, scoped: bool) -> ActRecord:
    """The act before it has an id: −1, also as the name of its scope."""
    return replace(act, id=-1, scope=-1 if scoped else None)
