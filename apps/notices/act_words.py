"""What an act did, in plain words for everybody. Pure."""

from datetime import date

from apps.common.text import Text
from apps.extracts.history_words import day
from apps.legal.acts import ActKind, Authority

KINDS = {
    ActKind.APPROVE: Text("تصویب", "Approval"),
    ActKind.PROMULGATE: Text("ابلاغ", "Promulgation"),
    ActKind.SUSPEND: Text("توقف", "Suspension"),
    ActKind.LIFT: Text("رفع توقف", "Lifting of a suspension"),
    ActKind.ANNUL: Text("ابطال", "Annulment"),
    ActKind.REPEAL: Text("لغو", "Repeal"),
    ActKind.REPLACE: Text("جایگزینی", "Replacement"),
}
_RECORDED = {
    ActKind.APPROVE: Text(
        "«{title}» تصویب شد؛ تا ابلاغ نشود قانون نیست.",
        "“{title}” was approved. It is not law until it is promulgated.",
    ),
    ActKind.PROMULGATE: Text(
        "«{title}» ابلاغ شد و از {day} لازم‌الاجراست.", "“{title}” was promulgated; it is in force from {day}."
    ),
    ActKind.SUSPEND: Text("«{title}» از {day} متوقف است.", "“{title}” is suspended from {day}."),
    ActKind.LIFT: Text("توقف «{title}» از {day} برداشته شد.", "The suspension of “{title}” is lifted from {day}."),
    ActKind.ANNUL: Text("«{title}» با اثر از {day} ابطال شد.", "“{title}” was annulled with effect from {day}."),
    ActKind.REPEAL: Text("«{title}» از {day} لغو شد.", "“{title}” is repealed from {day}."),
    ActKind.REPLACE: Text(
        "«{successor}» از {day} جای «{title}» را می‌گیرد، به شرط آن‌که خود لازم‌الاجرا باشد.",
        "“{title}” is replaced by “{successor}” from {day}, once that is in force.",
    ),
}
_EFFECT = {
    ActKind.PROMULGATE: Text("«{title}» در {day} لازم‌الاجرا شد.", "“{title}” came into force on {day}."),
    ActKind.SUSPEND: Text("توقف «{title}» در {day} آغاز شد.", "The suspension of “{title}” began on {day}."),
    ActKind.LIFT: Text("«{title}» در {day} دوباره به کار افتاد.", "“{title}” works again since {day}."),
    ActKind.ANNUL: Text("ابطال «{title}» در {day} اثر کرد.", "The annulment of “{title}” took effect on {day}."),
    ActKind.REPEAL: Text("«{title}» در {day} پایان یافت.", "“{title}” ended on {day}."),
    ActKind.REPLACE: Text(
        "جایگزینی «{title}» با «{successor}» در {day} اثر کرد.",
        "The replacement of “{title}” by “{successor}” took effect on {day}.",
    ),
    ActKind.APPROVE: Text("تصویب «{title}» در {day} اثر کرد.", "The approval of “{title}” took effect on {day}."),
}
_COURT = Text("این حکم دادگاه است.", "This is a court's order.")
_PARTLY = Text("فقط در بخشی از محدوده.", "Only in a part of its area.")


def headline(*, kind: str, title: Text, effect: bool) -> Text:
    """'Promulgation: Height code 1404', 'In effect: …' when a later day has come."""
    name = KINDS[ActKind(kind)]
    if not effect:
        return Text(f"{name.fa}: {title.fa}", f"{name.en}: {title.en}")
    return Text(f"اثر یافت ({name.fa}): {title.fa}", f"In effect ({name.en.lower()}): {title.en}")


def sentence(
    *, kind: str, title: Text, successor: Text | None, effective_on: date, effect: bool, authority: str, scoped: bool
) -> Text:
    """What happened: one sentence, and what limits it."""
    template = (_EFFECT if effect else _RECORDED)[ActKind(kind)]
    then, after = day(effective_on), successor or title
    parts = [
        Text(
            template.fa.format(title=title.fa, successor=after.fa, day=then.fa),
            template.en.format(title=title.en, successor=after.en, day=then.en),
        ),
        *([_PARTLY] if scoped else []),
        *([_COURT] if authority == Authority.COURT else []),
    ]
    return Text(" ".join(p.fa for p in parts), " ".join(p.en for p in parts))
