"""Why a candidate won or lost, in plain Persian and English."""

from apps.common.text import Text

NOT_KNOWN = Text(fa="معلوم نیست: {why}", en="Not known: {why}")
BOUND_ONLY = Text(
    fa="سقف سخت هست، ولی هیچ طرحی در اعتبار مقدار خود را نمی‌گوید؛ از دفتر برنامه‌ریزی بپرسید.",
    en="There is a hard limit, but no plan in force gives its own value; ask the planning office.",
)
NOTHING = Text(
    fa="هیچ ضابطهٔ در اعتباری در این باره چیزی نمی‌گوید.",
    en="No provision in force speaks of this.",
)
WON = Text(fa="این مقدار حاکم است.", en="This value governs.")
WON_STRICTEST = Text(fa="سخت‌گیرترین مقدار است و حاکم می‌شود.", en="It is the strictest value, so it governs.")
WON_CAP = Text(
    fa="سقف سخت است و بر کد ارتفاعی و تشویق‌ها مقدم می‌شود.",
    en="It is a hard limit and beats codes and bonuses.",
)
FOR_ALL = Text(fa="ولی حد آن بر همهٔ قطعه حاکم است", en="yet its limit governs the whole parcel")
LOST = Text(fa="مقدار سخت‌گیرانه‌تری حاکم است: {row}.", en="A stricter value governs: {row}.")
SAME = Text(fa="همان مقدار را می‌گوید.", en="It says the same value.")
OPEN = Text(
    fa="تا روشن‌شدن نکته‌های نامعلوم، هیچ مقداری حاکم نمی‌شود.", en="No value governs until the unknowns are settled."
)
BY_PART = Text(
    fa="بخش‌های قطعه مقدارهای متفاوت دارند؛ فقط آنچه در همهٔ بخش‌ها مجاز است برای کل قطعه گفته می‌شود.",
    en="Parts of the parcel have different values; only what all parts allow is said for the whole.",
)
NOTHING_COMMON = Text(
    fa="بخش‌های قطعه مقدارهای متفاوت دارند و هیچ‌یک در همهٔ بخش‌ها مجاز نیست؛ از معاونت شهرسازی بپرسید.",
    en="Parts of the parcel have different values and none is allowed on all of them; ask the planning office.",
)
ALL_ROWS = Text(fa="هر سطر با شرط خودش حاکم است.", en="Each row governs under its own condition.")
OUTVOTED = Text(
    fa="بخش بزرگ‌تر قطعه در پهنهٔ دیگری است و طبق مادهٔ {article} همان حاکم است.",
    en="The larger part of the parcel lies in another zone, and by article {article} that part governs.",
)
WOULD = Text(
    fa="{how}: اگر {facts} باشد، {subject} {value} می‌شود. این فقط آگاهی است، نه توصیه و نه وعده.",
    en="{how}: with {facts}, it would read “{subject}: {value}”. This is information, neither advice nor a promise.",
)
POLICY = {
    "strictest": Text(
        fa="قطعه در چند پهنه: سخت‌گیرترین مقدار بر همهٔ قطعه حاکم است.",
        en="In several zones: the strictest value governs the whole parcel.",
    ),
    "by_part": Text(
        fa="قطعه در چند پهنه: هر بخش مقدار خود را دارد؛ برای کل قطعه سخت‌گیرترین آن‌ها گفته می‌شود.",
        en="In several zones: each part has its own value; for the whole the strictest of them is said.",
    ),
    "majority": Text(
        fa="قطعه در چند پهنه: پهنه‌ای که بیش از نیمی از قطعه را دارد حاکم است؛ اگر نباشد، سخت‌گیرترین.",
        en="In several zones: the zone with more than half of the parcel governs; where there is none, the strictest.",
    ),
}
