"""The words people read for each legal status."""

from collections.abc import Mapping

from apps.common.text import Text

STATUS_LABELS: Mapping[str, Text] = {
    "draft": Text("پیش‌نویس", "Draft"),
    "approved_not_promulgated": Text("تصویب شده، ابلاغ نشده", "Approved, not promulgated"),
    "promulgated_not_yet_effective": Text("ابلاغ شده، هنوز لازم‌الاجرا نیست", "Promulgated, not yet effective"),
    "in_force": Text("در اعتبار", "In force"),
    "suspended": Text("متوقف‌شده", "Suspended"),
    "annulled": Text("ابطال‌شده", "Annulled"),
    "repealed": Text("لغوشده", "Repealed"),
    "replaced": Text("جایگزین‌شده", "Replaced"),
}
