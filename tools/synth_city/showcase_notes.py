"""What each showcase parcel shows, in Persian and English; the order is that of the manifest."""

NOTES: dict[str, tuple[str, str]] = {
    "plain": ("مسکونی، H4، بدون هیچ قید دیگر", "Residential, H4, nothing else applies"),
    "reduced_by_passage": (
        "H4 که به سبب عرض کم گذر کاهش می‌یابد",
        "H4 reduced because the passage is narrower than 8 m",
    ),
    "reduced_by_plot": ("H4 که به سبب کوچکی قطعه کاهش می‌یابد", "H4 reduced because the plot is smaller than 200 m²"),
    "pending_1404": (
        "در بازنگری ۱۴۰۴ از چهار به پنج طبقه؛ هنوز ابلاغ نشده",
        "Pending revision 1404 raises 4 to 5 storeys",
    ),
    "suspended_1402": ("در بازنگری معلق ۱۴۰۲", "Inside the suspended revision 1402"),
    "heritage_core": ("در عرصهٔ اثر تاریخی", "Inside a heritage core"),
    "buffer_1": ("در حریم درجه یک", "Inside a first-degree buffer"),
    "buffer_2": ("در حریم درجه دو", "Inside a second-degree buffer"),
    "line_only": ("در حریمی که هنوز ضابطه ندارد", "Inside a buffer that has a line but no rules yet"),
    "starred": ("پلاک ستاره‌دار", "A starred plot"),
    "fabric": ("در بافت تاریخی، بیرون از عرصه و حریم", "In the historic fabric, outside core and buffers"),
    "two_height_codes": ("زیر دو کد ارتفاعی", "Under two height codes, each over a quarter"),
    "height_sliver": ("با باریکه‌ای ناچیز از کد ارتفاعی همسایه", "With a sliver of the neighbouring height code"),
    "local_a": ("در طرح ویژهٔ محلی الف", "Inside local plan A"),
    "local_b_border": ("روی مرز طرح ویژهٔ محلی ب", "On the border of local plan B"),
    "outside_height": ("بیرون از پوشش طرح ارتفاعی", "Outside the coverage of the height plan"),
    "unknown_passage": ("عرض گذر نامعلوم", "The passage width is unknown"),
    "worn": ("در بافت فرسوده", "In the worn fabric"),
    "madi": ("در حریم سه‌متری مادی", "Reached by a madi strip"),
    "widening": ("دارای عقب‌نشینی برای تعریض", "Cut by a road widening"),
    "corner": ("قطعهٔ نبش", "A corner plot"),
    "outside_buffer_coverage": ("بیرون از پوشش لایهٔ حریم", "Outside the coverage of the buffer edition"),
    "tie": ("نقطه‌ای درست روی مرز مشترک دو قطعه", "A point exactly on the border of two parcels"),
}
