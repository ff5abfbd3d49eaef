"""What is said of a theme that is not known: why, and whom to ask. Pure."""

from collections.abc import Iterator, Mapping

from apps.common.text import Text
from apps.extracts.law_day import ThemeDay
from apps.legal.answers import Unknown, WhyNot


def unread(theme: ThemeDay) -> Iterator[Unknown]:
    """A layer that binds but was never taken in may speak of any theme, at any place."""
    for title in theme.unread:
        text = Text(fa=_UNREAD.fa.format(title=title.fa), en=_UNREAD.en.format(title=title.en))
        yield Unknown(why=WhyNot.NO_EDITION, text=text, office=theme.office, theme=theme.code, share=1.0)


def unknown(theme: ThemeDay, why: WhyNot, *, share: float) -> Unknown:
    """The unknown of a whole theme with its sentence and the office to ask."""
    template = _SENTENCES[why]
    text = Text(fa=template.fa.format(theme=theme.label.fa), en=template.en.format(theme=theme.label.en))
    return Unknown(why=why, text=text, office=theme.office, theme=theme.code, share=share)


_SENTENCES: Mapping[WhyNot, Text] = {
    WhyNot.NO_EDITION: Text(
        fa="برای «{theme}» در این روز هیچ نسخه‌ای در اعتبار نیست؛ از دفتر مسئول بپرسید.",
        en="No edition of “{theme}” is in force on this day; ask the responsible office.",
    ),
    WhyNot.OUTSIDE_COVERAGE: Text(
        fa="این قطعه بیرون از محدوده‌ای است که نقشهٔ «{theme}» دربارهٔ آن سخن می‌گوید؛ از دفتر مسئول بپرسید.",
        en="This parcel lies outside the area that the “{theme}” layer speaks about; ask the responsible office.",
    ),
    WhyNot.PARTLY_OUTSIDE: Text(
        fa="بخشی از این قطعه بیرون از محدودهٔ نقشهٔ «{theme}» است؛ از دفتر مسئول بپرسید.",
        en="Part of this parcel lies outside the area of the “{theme}” layer; ask the responsible office.",
    ),
    WhyNot.COMPUTING: Text(
        fa="همپوشانی «{theme}» با این قطعه هنوز در حال محاسبه است؛ چند دقیقهٔ دیگر دوباره نگاه کنید.",
        en="The overlay of “{theme}” with this parcel is still being computed; look again in a few minutes.",
    ),
    WhyNot.GAP: Text(
        fa="نقشهٔ «{theme}» در بخشی از این قطعه مقداری ندارد (جای خالی در نقشه)؛ از دفتر مسئول بپرسید.",
        en="The “{theme}” layer has no value on part of this parcel (a gap in the layer); ask the responsible office.",
    ),
    WhyNot.QUARANTINE: Text(
        fa="عارضه‌هایی از «{theme}» هنوز بررسی نشده‌اند و جایشان معلوم نیست؛ از دفتر مسئول بپرسید.",
        en="Some features of “{theme}” are still unchecked and their place is unknown; ask the responsible office.",
    ),
}

_UNREAD = Text(
    fa="«{title}» در اعتبار است ولی نقشهٔ آن هنوز وارد سامانه نشده است؛ از دفتر مسئول بپرسید.",
    en="“{title}” is in force but its layer has not been taken in yet; ask the responsible office.",
)
