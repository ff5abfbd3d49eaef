"""Sentences about orders that cannot lift a hold. Pure."""

from apps.common.text import Text


def only_a_court(number: str) -> Text:
    """Why nobody but a court lifts the hold of this number."""
    return Text(
        fa=f"توقف شمارهٔ {number} دستور دادگاه است و تنها دادگاه آن را برمی‌دارد؛ هیچ کمیسیون یا اداره‌ای، "
        "از جمله ماده ۱۰۰، چنین اختیاری ندارد.",
        en=f"Hold No. {number} is a court's order and only a court lifts it; no commission or office can, Article "
        "100 included.",
    )


def too_low(number: str) -> Text:
    """Why an order of a lower rank does not lift the hold of this number."""
    return Text(
        fa=f"توقف شمارهٔ {number} رتبهٔ بالاتری دارد. دستوری هم‌رتبه یا بالاتر لازم است.",
        en=f"Hold No. {number} is of a higher rank. An order of the same or a higher rank is needed.",
    )
