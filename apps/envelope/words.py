"""The sentences of an envelope, in both languages. Pure."""

from collections.abc import Iterable, Sequence

from apps.common.text import Text, persian_digits
from apps.common.units import LENGTHS, Units

GROUND = Text("سطح زمین", "On the ground")
GROUND_STOREY = Text("طبقهٔ هم‌کف، بدون تراز زیر آن", "Ground storey, nothing under it")
SHAPE = Text("شکل زمین پس از عقب‌نشینی و واگذاری", "What setbacks and cut-outs leave of the lot")
NO_VERTICAL = Text(
    "هیچ ضابطه‌ای شمار طبقات یا ارتفاع را نمی‌گوید؛ پس بیشترین زیربنا معلوم نیست.",
    "No provision says how many storeys or how high; so the largest floor area is not known.",
)
NO_PLOT = Text(
    "مساحت قانونی قطعه معلوم نیست (سند و نقشه با هم نمی‌خوانند، یا بخشی از آن معلوم نیست)؛ "
    "درصدها را از چیزی نمی‌توان حساب کرد.",
    "The legal area of the plot is not known (deed and drawing disagree, or a part of it is not known); there is "
    "nothing to take the percentages of.",
)
NO_FRONT = Text(
    "معلوم نیست کدام ضلع بر گذر است؛ جای عقب‌نشینی از گذر را نمی‌توان نشان داد.",
    "Which side lies on a passage is not known; the setback from it cannot be placed.",
)
NO_CORNER = Text(
    "ضابطه پخ می‌خواهد، ولی گوشهٔ دو گذر در شکل قطعه پیدا نشد.",
    "A chamfer is asked for, but no corner of two passages was found in the shape of the lot.",
)
NO_THEME = Text(
    "لایهٔ «{name}» که زمین را کم می‌کند در این شهر نیست؛ معلوم نیست چه بخشی از زمین می‌ماند.",
    "The layer “{name}”, which takes land away, is not in this city; how much of the lot is left is not known.",
)
ZONE_SHAPE = Text(
    "جای «{name}» روی این قطعه با مساحتی که عصاره می‌گوید نمی‌خواند؛ شکل آن معلوم نیست.",
    "The place of “{name}” on this parcel does not measure what the extract says; its shape is not known.",
)
NO_SHAPE = Text(
    "شکل این قطعه در این روز یافت نشد؛ محدودهٔ ساخت معلوم نیست.",
    "The shape of this parcel on this day was not found; the buildable envelope is not known.",
)
FAILED = Text(
    "محاسبهٔ محدودهٔ ساخت ناموفق بود (شمارهٔ رخداد {incident})؛ تا رفع آن، چیزی مجاز دانسته نمی‌شود.",
    "The envelope could not be computed (incident {incident}); until this is mended nothing counts as allowed.",
)
SIDES_DIFFER = Text(
    "نوع بعضی ضلع‌ها معلوم نیست و بسته به آن شاید چیزی نماند.",
    "Of some sides it is not known which kind they are, and with the strictest kind nothing is left.",
)
STRICT = Text(
    "نوع بعضی ضلع‌ها معلوم نیست؛ روی آن‌ها بزرگ‌ترین عقب‌نشینی گرفته شده است. قانون شاید بیشتر اجازه دهد، کمتر نه.",
    "Of some sides it is not known which kind they are; the largest setback was taken on them. The law may permit "
    "more, never less.",
)
HALF = Text(
    "نیم‌طبقه شمرده نشده است: ضابطه نمی‌گوید چه اندازه می‌تواند باشد.",
    "The half storey is not counted: the rules do not say how large it may be.",
)
EQUAL_PARTS = Text(
    "ضابطه ارتفاع هر طبقه را نمی‌گوید؛ ارتفاع مجاز به بخش‌های برابر کشیده شده است.",
    "The rules give no height per storey; the permitted height is drawn in equal parts.",
)
UPPER = Text(
    "همه چیز معلوم نیست. آنچه کشیده شده سقفی است که در هیچ حالی از آن نمی‌گذرد؛ اجازهٔ ساخت نیست.",
    "Not everything is known. What is drawn is a limit that holds in any case; it is not a permission.",
)
COVERAGE = Text(
    "سطح اشغال اندازه را محدود می‌کند، نه جا را: ساختمان هر جای این شکل می‌تواند بنشیند، ولی بیش از {area} "
    "از آن را نمی‌گیرد.",
    "Coverage limits how much, not where: the building may stand anywhere in this shape, but takes no more than "
    "{area} of it.",
)
WELLS = Text(
    "{area} نورگیر از هر طبقه کم شده است؛ جای آن را طراح تعیین می‌کند.",
    "{area} of light-wells are taken off each storey; where they lie is for the designer.",
)
GROUND_INSTEAD = Text(
    "روی پیلوت طبقه‌ای مجاز نیست؛ به جای آن یک طبقهٔ هم‌کف در ارتفاع مجاز جا می‌شود.",
    "No storey over the pilotis is permitted; one storey on the ground fits into the permitted height instead.",
)
LOT_ABSURD = Text(
    "مساحت این قطعه در نقشه {area} است؛ چنین شکلی زمین ساخت نیست. نقشهٔ قطعه را در شهرداری منطقه اصلاح کنید.",
    "This parcel measures {area} on the map; that is no building land. Have the parcel's drawing corrected at the "
    "district office.",
)
NOTHING_LEFT = Text("چیزی از زمین نمی‌ماند: {what}.", "Nothing of the lot is left: {what}.")
TOO_LOW = Text("{label}: {value}؛ حتی یک طبقه در آن جا نمی‌شود.", "{label}: {value}; not even one storey fits.")
NO_STOREYS = Text(
    "هیچ ضابطه‌ای شمار طبقات یا تراکم را نمی‌گوید؛ پس بیشترین زیربنا معلوم نیست.",
    "No provision says how many storeys or which density; so the largest floor area is not known.",
)
NO_SIDES = Text(
    "ضلع‌های قطعه شناخته نیست؛ جای عقب‌نشینی‌ها را نمی‌توان نشان داد.",
    "The sides of the lot are not known; the setbacks cannot be placed.",
)
ZERO = Text("{label}: صفر. {text}", "{label}: none. {text}")
ALL_WELLS = Text(
    "نورگیرهای لازم ({area}) همهٔ سطح مجاز هر طبقه را می‌گیرد.",
    "The light-wells that are asked for ({area}) take all that may be built on a storey.",
)
BINDS = Text("{first}: {area}", "{first}: {area}")
AND = Text("{one} و {other}", "{one} and {other}")
SHORT = {
    "max_density": Text("تراکم", "density"),
    "max_storeys": Text("طبقات", "storeys"),
    "max_height": Text("ارتفاع", "height"),
    "max_coverage": Text("سطح اشغال", "coverage"),
    "shape": Text("شکل زمین", "shape of the lot"),
}
BEFORE = Text("، پیش از {next} {area}", " before {next} {area}")
TIMES = Text("{one} × {other}", "{one} × {other}")
_NAMES = {"m": ("متر", "m"), "ft": ("فوت", "ft")}
_STOREYS = ("نخست", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")


def storey(number: int) -> Text:
    """'طبقهٔ دوم' / 'Storey 2'."""
    name = _STOREYS[number - 1] if number <= len(_STOREYS) else persian_digits(number)
    return Text(f"طبقهٔ {name}", f"Storey {number}")


def filled(text: Text, /, **values: object) -> Text:
    """`text` with {names} filled in; a Text in its own language, a number in the language's digits."""
    fa = {k: v.fa if isinstance(v, Text) else _persian(_plain(v)) for k, v in values.items()}
    en = {k: v.en if isinstance(v, Text) else _plain(v) for k, v in values.items()}
    return Text(text.fa.format(**fa), text.en.format(**en))


def listed(texts: Iterable[Text]) -> Text:
    """One text after another, each once."""
    once: Sequence[Text] = tuple(dict.fromkeys(texts))
    return Text("؛ ".join(t.fa.rstrip(".") for t in once), "; ".join(t.en.rstrip(".") for t in once))


def area(square_metres: float, units: Units) -> Text:
    """'480 m²', in square feet where the city's law counts in feet."""
    fa, en = _NAMES[units.length]
    return filled(Text(f"{{n}} {fa} مربع", f"{{n}} {en}²"), n=square_metres / float(LENGTHS[units.length]) ** 2)


def length(metres: float, units: Units) -> Text:
    """'15.5 m' in the city's unit of length."""
    fa, en = _NAMES[units.length]
    return filled(Text(f"{{n}} {fa}", f"{{n}} {en}"), n=metres / float(LENGTHS[units.length]))


def _plain(value: object) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _persian(number: str) -> str:
    return persian_digits(number).replace(",", "٬").replace(".", "٫")
