"""The second sheet of a rulebook's workbook: what may stand in the columns, in Persian and English."""

from collections.abc import Iterator

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from apps.legal.rulebook_lint.vocabulary import Vocabulary

_Line = tuple[str, str, str, str]
"""Name, unit or form, Persian, English."""
_COLUMNS: tuple[_Line, ...] = (
    ("row", "", "شناسهٔ سطر؛ یکتا", "id of the row; unique"),
    ("article", "8-1", "ماده یا بند؛ لازم", "article; needed"),
    ("category", "ISF-08", "فصل ضوابط", "chapter of the rules"),
    ("subject", "", "موضوع؛ از فهرست پایین", "what the row limits; from the list below"),
    ("effect", "", "اثر سطر؛ از فهرست پایین", "what the row does; from the list below"),
    ("value", "4.5 | A|B | fact:name | =2*name", "مقدار", "the value"),
    ("theme", "", "لایه؛ خالی: برای همهٔ قطعه", "theme; empty: for the parcel as a whole"),
    ("zone", "", "کد پهنه؛ خالی: هر پهنهٔ لایه", "zone code; empty: every zone of the theme"),
    ("text_fa", "", "جمله برای شهروند", "the sentence for citizens, in Persian"),
    ("text_en", "", "همان جمله به انگلیسی", "the same in English"),
    ("when:name", "100..150", "از ۱۰۰ تا کمتر از ۱۵۰", "from 100 to under 150"),
    ("when:name", "..150 , 150..", "کمتر از ۱۵۰ ، ۱۵۰ و بیشتر", "under 150 , 150 and above"),
    ("when:name", "yes , no", "آری ، نه", "yes , no"),
    ("when:name", "A|B , not A|B", "یکی از این‌ها ، هیچ‌کدام", "one of these , none of these"),
)
_EFFECTS: tuple[_Line, ...] = (
    ("set", "value", "مقدار طرح", "the plan's own value"),
    ("reduce", "number", "کاستن از مقدار", "taken off the value"),
    ("raise", "number", "افزودن به مقدار؛ فقط بزرگ‌ترین", "added to the value; only the largest counts"),
    ("floor", "number", "کاهش‌ها از این پایین‌تر نمی‌روند", "reductions go no lower"),
    ("derive", "number", "از طبقات به دست می‌آید (when:storeys)", "follows from the storeys (when:storeys)"),
    ("cap", "number", "سقف سخت؛ از هر مقدار دیگر می‌گذرد", "hard limit; beats every other value"),
    ("undecided", "office", "دفتری باید تصمیم بگیرد", "an office must decide"),
    ("require", "office", "استعلام لازم", "consultation that is needed"),
    ("forbid", "kind of request", "کار ممنوع", "work that is forbidden"),
    ("document", "code", "مدرک لازم", "document that is needed"),
    ("duty", "code", "وظیفه", "duty"),
    ("warn", "", "آگاهی", "notice"),
    ("policy", "strictest|by_part|majority", "قطعهٔ در چند پهنه", "for a parcel in several zones"),
)


def write_guide(sheet: Worksheet, words: Vocabulary) -> None:
    """Columns, effects, subjects, themes and facts of this city, one below the other."""
    for letter, width in (("A", 28), ("B", 32), ("C", 44), ("D", 52)):
        sheet.column_dimensions[letter].width = width
    for line in _lines(words):
        number = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
        for place, text in enumerate(line, start=1):
            cell = sheet.cell(row=number, column=place)
            cell.number_format = "@"
            if text:
                cell.value, cell.data_type = text, "s"
            if not any(line[1:]):
                cell.font = Font(bold=True)
            if place == 3:  # noqa: PLR2004 - the Persian column
                cell.alignment = Alignment(horizontal="right", readingOrder=2, wrap_text=True)


def _lines(words: Vocabulary) -> Iterator[_Line]:
    yield _title("ستون‌ها · columns")
    yield from _COLUMNS
    yield _title("اثرها · effects")
    yield from _EFFECTS
    yield _title("موضوع‌ها · subjects")
    yield from ((s.code, f"{s.unit} ({s.direction})".strip(), s.label.fa, s.label.en) for s in words.subjects.values())
    yield _title("لایه‌ها · themes")
    for theme in words.themes.values():
        yield theme.code, "partition" if theme.partition else "cumulative", theme.label.fa, theme.label.en
    yield _title("دانسته‌ها برای when · facts for when:")
    yield from ((f"{f.name}", f"{f.unit} {f.kind}".strip(), f.label.fa, f.label.en) for f in words.facts.values())
    if words.categories:
        yield _title("دسته‌ها · categories")
        yield from ((code, "", label.fa, label.en) for code, label in words.categories.items())


def _title(text: str) -> _Line:
    return text, "", "", ""
