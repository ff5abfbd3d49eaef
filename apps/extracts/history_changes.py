"""What is said of a parcel otherwise than before, in plain words. Pure."""

from collections.abc import Iterator

from apps.common.text import Text
from apps.extracts.history_plain import PlainAnswer, SaidDuty
from apps.extracts.history_values import NO_RULE, NOT_KNOWN, Names, value_of

_HERITAGE = {
    True: Text("در محدودهٔ میراث", "within a heritage zone"),
    False: Text("بیرون از محدوده‌های میراث", "outside the heritage zones"),
}
_ENDED = Text("این قطعه دیگر نیست (تفکیک یا تجمیع شد)", "the parcel is no more (it was split or merged)")


def changes(before: PlainAnswer | None, after: PlainAnswer | None, names: Names) -> tuple[Text, ...]:
    """What is said otherwise than before, one sentence each."""
    if before is None or after is None:
        made = Text("این قطعه پدید آمد", "the parcel came into being") if before is None else _ENDED
        return (made,) if before is not after else ()
    values = _value_changes(before, after, names)
    return (*values, *_duty_changes(before, after), *_heritage_change(before, after))


def _value_changes(before: PlainAnswer, after: PlainAnswer, names: Names) -> Iterator[Text]:
    old, new = ({s.subject: s for s in a.said} for a in (before, after))
    for subject in dict.fromkeys([*new, *old]):
        was, now = old.get(subject), new.get(subject)
        label = (now or was or after.said[0]).label
        texts = [NO_RULE if s is None else value_of(s, names) for s in (was, now)]
        if texts[0] != texts[1]:
            yield Text(
                f"{label.fa}: پیش‌تر {texts[0].fa}، از این روز {texts[1].fa}",
                f"{label.en}: before {texts[0].en}, from this day {texts[1].en}",
            )


def _duty_changes(before: PlainAnswer, after: PlainAnswer) -> Iterator[Text]:
    old, new = ({(d.kind, d.code): d for d in a.duties} for a in (before, after))
    for key in [k for k in new if k not in old]:
        yield _prefixed(new[key], Text("تازه", "new"))
    for key in [k for k in old if k not in new]:
        yield _prefixed(old[key], Text("دیگر نیست", "no longer"))


def _prefixed(duty: SaidDuty, word: Text) -> Text:
    return Text(f"{word.fa}: {duty.text.fa}", f"{word.en}: {duty.text.en}")


def _heritage_change(before: PlainAnswer, after: PlainAnswer) -> Iterator[Text]:
    if before.heritage is not after.heritage:
        was, now = (NOT_KNOWN if a.heritage is None else _HERITAGE[a.heritage] for a in (before, after))
        yield Text(f"میراث: پیش‌تر {was.fa}، از این روز {now.fa}", f"Heritage: before {was.en}, from this day {now.en}")
