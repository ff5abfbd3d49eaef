"""The sentences of checks, in both languages. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from apps.common.text import Text, isolated
from apps.legal.tables.wording import number

INCIDENT = Text(
    "سنجش این ضابطه ناموفق بود (شمارهٔ رخداد {incident})؛ تا رفع آن، چیزی پذیرفته دانسته نمی‌شود.",
    "This provision could not be checked (incident {incident}); until it is mended nothing counts as accepted.",
)
UNIT = Text(
    "واحد «{unit}» شناخته نیست و عدد طرح را نمی‌توان با آن سنجید. به معاونت شهرسازی خبر دهید.",
    "The unit “{unit}” is not known, so nothing can be held against it. Tell the planning deputy.",
)
UNSPOKEN = Text(
    "چکیدهٔ این قطعه از این موضوع چیزی نمی‌گوید؛ پس معلوم نیست. از معاونت شهرسازی بپرسید.",
    "The extract of this parcel says nothing of this subject, so it is not known. Ask the planning deputy.",
)
NO_LIMIT = Text("هیچ ضابطهٔ معتبری این را محدود نمی‌کند.", "Nothing in force limits this.")
FITS = Text("طرح در این حد است.", "The proposal keeps to it.")
BEYOND = Text("طرح از این حد بیرون است.", "The proposal goes beyond it.")
SHORT = Text("طرح به این اندازه نمی‌رسد.", "The proposal falls short of it.")
BOUND = Text("در هر حال بیش از {bound} مجاز نیست.", "In no case is more than {bound} permitted.")
BY_PERSON = Text(
    "از جدول و سطح اشغال دیده نمی‌شود؛ کارشناس آن را روی نقشه‌ها می‌سنجد.",
    "The table and the footprint do not show it; an officer judges it on the drawings.",
)
PARTS = Text(
    "هر بخش قطعه حد خودش را دارد و عدد طرح میان آن‌هاست؛ کارشناس جای هر طبقه را می‌سنجد.",
    "Each part of the parcel has a limit of its own and the proposal lies between them; an officer judges the places.",
)
NO_ROWS = Text("جدول طبقات خالی است. طبقه‌ها را بنویسید.", "The table of storeys is empty. Write the storeys.")
NO_FIGURE = Text(
    "در جدول، {what} نوشته نشده است. آن را بنویسید تا سنجیده شود.",
    "The table does not say: {what}. Write it, then it is checked.",
)
NO_FOOTPRINT = Text(
    "سطح اشغال کشیده نشده است. آن را روی نقشه بکشید یا پرونده بفرستید.",
    "No footprint is drawn. Draw it on the map or send a file.",
)
NO_PLOT = Text(
    "مساحت قانونی قطعه معلوم نیست و درصد را از چیزی نمی‌توان گرفت. در شهرداری منطقه آن را روشن کنید.",
    "The legal area of the plot is not known, so no share of it can be taken. Settle it at the district office.",
)
COUNTABLE, GROSS, HEIGHT = (
    Text("زیربنای مفید", "countable area"),
    Text("زیربنا", "gross area"),
    Text("ارتفاع", "height"),
)
UNITS, STALLS, USE = Text("شمار واحدها", "number of units"), Text("جای پارک", "parking stalls"), Text("کاربری", "use")
STAIR_HEIGHT, PARAPET = (
    Text("ارتفاع خرپشته", "height of the stair head"),
    Text("ارتفاع جان‌پناه", "height of the parapet"),
)
EXTRAS = Text(
    "به این بسته است که خرپشته و جان‌پناه در ارتفاع شمرده شود یا نه، و این معلوم نیست.",
    "It hangs on whether stair head and parapet count in the height, and that is not known.",
)
ROOF = Text("مساحت بام", "area of the roof")
LOWER = Text("{n} کمتر، پذیرفته می‌شود.", "With {n} less it would pass.")
HIGHER = Text("{n} بیشتر، پذیرفته می‌شود.", "With {n} more it would pass.")
LEFT = Text("تا این حد {n} مانده است.", "{n} left up to the limit.")
GROUND_INSTEAD = Text(
    "طبقه‌ای روی پیلوت مجاز نیست، ولی یک طبقه روی زمین هست اگر ارتفاع آن را بپذیرد.",
    "No storey over the pilotis is permitted, but one on the ground is, if the height permits it.",
)
NOT_PERMITTED = Text("این کاربری‌ها مجاز نیست: {codes}.", "These uses are not permitted: {codes}.")
CHANGE_USE = Text("کاربری ردیف‌های {codes} را عوض کنید.", "Change the use of the rows with {codes}.")
NO_USE = Text("هیچ ردیفی کاربری ندارد. کاربری هر ردیف را بنویسید.", "No row names a use. Write the use of each row.")
NO_SCHEDULE_ROW = Text(
    "هیچ ردیفی از ضابطه با کاربری و اندازهٔ واحدهای {storey} جور نیست؛ از معاونت شهرسازی بپرسید.",
    "No row of the schedule fits the use and the size of the units of {storey}. Ask the planning deputy.",
)
OPEN_FACT = Text(
    "ضابطه به چیزی بسته است که معلوم نیست: {what}.",
    "The schedule hangs on something that is not known: {what}.",
)
RELIEF = Text(
    "از شمار کامل کمتر است، ولی تخفیفی در ضابطه هست؛ کارشناس می‌سنجد که می‌رسد یا نه.",
    "It is less than the full number, but the rules grant a relief; an officer judges whether it suffices.",
)
OUTSIDE = Text("{n} از سطح اشغال بیرون است.", "{n} of the footprint lie outside.")
MOVE_IN = Text("این {n} را (روی نقشه سرخ) کم یا جابه‌جا کنید.", "Take these {n} (red on the map) away or move them.")
TAKEN = Text("{n} از سطح اشغال در این حریم است.", "{n} of the footprint lie on ground to be kept free.")
SIDE_UNKNOWN = Text(
    "معلوم نیست این ضلع از کدام نوع است؛ با سخت‌ترین نوع {n} در حریم می‌افتد.",
    "Which kind of side it is, is not known; by the strictest kind {n} lie on ground to be kept free.",
)
NOT_PLACED = Text(
    "ضلعی که این فاصله از آن گرفته می‌شود در شکل قطعه پیدا نشد؛ کارشناس آن را روی زمین می‌سنجد.",
    "The side that this distance is kept from was not found in the parcel's shape; an officer judges it on site.",
)
INSIDE_PARCEL = Text("سطح اشغال درون قطعه", "Footprint inside its own parcel")
INSIDE_ENVELOPE = Text("سطح اشغال درون محدودهٔ ساخت", "Footprint inside the buildable envelope")
UPPER_LEVEL = Text(
    "طبقهٔ {level} در محدودهٔ خود جا نمی‌شود: {n} زیربنا، {room} جا.",
    "Storey {level} does not fit into its part of the envelope: {n} of floor, {room} of room.",
)
UPPER_UNSURE = Text(
    "محدودهٔ طبقهٔ {level} کوچک‌تر است؛ کارشناس جای آن را روی نقشه‌ها می‌سنجد.",
    "The envelope of storey {level} is smaller; an officer judges its place on the drawings.",
)
COMPLETE = Text("کامل بودن پاسخ قطعه", "The parcel's answer is complete")
INCOMPLETE = Text(
    "بخشی از پاسخ این قطعه معلوم نیست؛ پس هیچ طرحی روی آن سراسر پذیرفته دانسته نمی‌شود.",
    "A part of this parcel's answer is not known, so no proposal on it counts as accepted as a whole.",
)
IS_COMPLETE = Text("همهٔ پاسخ این قطعه معلوم است.", "The whole answer of this parcel is known.")
FORBIDDEN = Text("این کار در این قطعه ممنوع است.", "This work is forbidden on this parcel.")
CONSULT = Text("نظر این نهاد لازم است و هنوز نیامده است.", "The opinion of this body is needed and is not there yet.")
DUTY = Text("تکلیف است؛ کارشناس آن را روی نقشه‌ها می‌سنجد.", "A duty; an officer judges it on the drawings.")
ON_DIVISION = Text(
    "این حد هنگام تفکیک به کار می‌رود؛ این قطعه کوچک‌تر است و کارشناس می‌سنجد که درست جدا شده است.",
    "This limit is one of subdivision; this parcel is smaller, and an officer judges whether it was divided lawfully.",
)
CLEAR_HEIGHT = Text(
    "ارتفاع طبقه در جدول از این حد بیشتر است، ولی حد دربارهٔ ارتفاع مفید است؛ کارشناس آن را روی مقطع می‌سنجد.",
    "The height in the table is more, but the limit is of the clear height; an officer judges it on a section.",
)


def filled(text: Text, /, **values: Text | str) -> Text:
    """`text` with its {names} filled in, each in its own language."""
    fa = {name: v.fa if isinstance(v, Text) else v for name, v in values.items()}
    en = {name: v.en if isinstance(v, Text) else v for name, v in values.items()}
    return Text(text.fa.format(**fa), text.en.format(**en))


def area(metric: Decimal) -> Text:
    """'۱۲٫۵ متر مربع' and '12.5 m²'."""
    figure = number(metric.quantize(Decimal("0.01")))
    return Text(f"{figure.fa} متر مربع", f"{figure.en} m²")


def plain(value: Decimal | int) -> Text:
    """A bare number in both languages."""
    return number(Decimal(value))


def listed_codes(codes: Iterable[object]) -> Text | None:
    """Codes in a row, kept left to right; None for rows of a schedule."""
    found = [code for code in codes if isinstance(code, str)]
    return Text("، ".join(f"\u2066{c}\u2069" for c in found), ", ".join(found)) if found else None


def level_name(level: int) -> Text:
    """The number of a storey inside a sentence."""
    return Text(isolated(level), str(level))
