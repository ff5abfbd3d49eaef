"""The sentences about tables that cannot be true, in both languages. Pure."""

from apps.common.text import Text
from apps.permits import proposal_words as words

TOO_MANY = Text(
    "جدول بیش از {most} ردیف دارد. طبقه‌های همانند را یک‌جا بنویسید.",
    "The table has more than {most} rows. Write storeys that are alike in one row.",
)
HEIGHTS = Text(
    "{row}: ردیف‌های یک طبقه ارتفاع‌های متفاوت دارند. برای هر طبقه یک ارتفاع بنویسید.",
    "{row}: rows of one storey have different heights. Write one height for a storey.",
)
GAP = Text(
    "طبقهٔ {n} در جدول نیست، ولی طبقه‌های بالاتر هست. آن را بنویسید.",
    "Storey {n} is missing while storeys above it are there. Write it.",
)
NO_GROUND = Text(
    "طبقه هست ولی زیر آن چیزی نوشته نشده است. پیلوت یا همکف (شمارهٔ ۰) را بنویسید.",
    "There are storeys but nothing under them. Write the pilotis or the ground floor (number 0).",
)
HEAD_LOW = Text(
    "{row}: خرپشته روی بام است؛ شمارهٔ آن باید از بالاترین طبقه بیشتر باشد.",
    "{row}: the stair head stands on the roof; its number is above the topmost storey.",
)
EDGES = Text(
    "تراز همکف از گذر ۰ تا ۵ متر و جان‌پناه ۰ تا ۱۰ متر است.",
    "The ground floor lies 0 to 5 m over the passage, a parapet is 0 to 10 m high.",
)
NO_STALLS = Text(
    "واحد هست ولی جای پارک در هیچ ردیفی نوشته نشده است. شمار جای پارک را در ردیف خودش بنویسید؛ اگر نیست، ۰.",
    "There are units but no row says its parking stalls. Write them where they are; 0 if there are none.",
)
LARGER = Text(
    "{row}: {area} از سطح اشغال کشیده‌شده ({footprint}) بزرگ‌تر است. یکی را درست کنید.",
    "{row}: {area} is larger than the footprint that is drawn ({footprint}). Correct one of them.",
)
SUM = Text(
    "جمع {what} {said} نوشته شده، ولی جمع ردیف‌ها {sum} است.",
    "The total of {what} is given as {said}, but the rows add up to {sum}.",
)
TOTAL_NAMES = {
    "gross_m2": words.GROSS,
    "countable_m2": words.COUNTABLE,
    "units": words.UNITS,
    "parking": words.STALLS,
}
