"""What the facts of a parcel's record and of a request are called, for people who read answers or edit tables."""

from apps.common.text import Text

FACT_LABELS = {
    "plot_m2": Text("مساحت قانونی قطعه", "Legal area of the plot"),
    "passage_m": Text("عرض گذر", "Width of the passage"),
    "frontage_m": Text("طول بر", "Frontage"),
    "corner": Text("قطعهٔ نبش", "Corner plot"),
    "consolidated": Text("تعداد قطعه‌های تجمیع‌شده", "Plots consolidated"),
    "existing_storeys": Text("طبقات ساختمان موجود", "Storeys of the existing building"),
    "existing_height_m": Text("ارتفاع ساختمان موجود", "Height of the existing building"),
    "permit_kind": Text("نوع درخواست", "Kind of request"),
}
