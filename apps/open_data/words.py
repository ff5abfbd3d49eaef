"""Sentences that several documents of this room say alike."""

from collections.abc import Iterable

from apps.common.city import current_city
from apps.common.text import Text
from apps.legal.acts import Status

TITLE = Text("لایه‌های باز پروانه", "Open layers of Parvaneh")


def city_title() -> Text:
    """'Open layers of Parvaneh, Isfahan'."""
    name = current_city().name
    return Text(f"{TITLE.fa}، {name.fa}", f"{TITLE.en}, {name.en}")


def standing_of_data() -> Text | None:
    """That parcels are made up or rules are samples; None for a city where neither is."""
    city = current_city()
    fa = [("قطعات ساختگی", city.synthetic), ("ضوابط نمونه / غیررسمی", city.sample_rules)]
    en = [("synthetic parcels", city.synthetic), ("sample rules, unofficial", city.sample_rules)]
    if not (city.synthetic or city.sample_rules):
        return None
    said = Text("، ".join(word for word, true in fa if true), ", ".join(word for word, true in en if true))
    return Text(f"{said.fa}؛ هیچ پاسخی اثر حقوقی ندارد.", f"{said.en.capitalize()}; no answer has legal effect.")


def licence() -> Text:
    """What everybody who uses the data must know: where it comes from, under which terms, and whether it is real."""
    city = current_city()
    credits_fa = "؛ ".join(f"{c.text.fa} ({c.licence})" for c in city.credits)
    credits_en = "; ".join(f"{c.text.en} ({c.licence})" for c in city.credits)
    notice = standing_of_data()
    fa = [notice.fa if notice else "", f"منابع: {credits_fa}." if credits_fa else ""]
    en = [notice.en if notice else "", f"Sources: {credits_en}." if credits_en else ""]
    return Text(" ".join(filter(None, fa)), " ".join(filter(None, en)))


STATUSES = {
    Status.DRAFT: Text("پیش‌نویس", "draft"),
    Status.APPROVED: Text("مصوب، ابلاغ‌نشده", "approved, not promulgated"),
    Status.PROMULGATED: Text("ابلاغ‌شده، هنوز لازم‌الاجرا نیست", "promulgated, not yet effective"),
    Status.IN_FORCE: Text("لازم‌الاجرا", "in force"),
    Status.SUSPENDED: Text("متوقف‌شده", "suspended"),
    Status.ANNULLED: Text("باطل‌شده", "annulled"),
    Status.REPEALED: Text("لغوشده", "repealed"),
    Status.REPLACED: Text("جایگزین‌شده", "replaced"),
}


def standing_words(statuses: Iterable[Status]) -> Text:
    """'in force; suspended' where it differs by place."""
    said = [STATUSES[status] for status in statuses]
    return Text("؛ ".join(text.fa for text in said), "; ".join(text.en for text in said))
