"""Codes of the plan layers with their labels; the codes are those of the sample rulebook."""

LAND_USE = {
    "RES": ("مسکونی", "Residential"),
    "COM": ("تجاری", "Commercial"),
    "OFF": ("اداری", "Office"),
    "MIX": ("مختلط", "Mixed"),
    "EDU": ("آموزشی", "Education"),
    "HEALTH": ("درمانی", "Health"),
    "SPORT": ("ورزشی", "Sport"),
    "CULT": ("فرهنگی", "Culture"),
    "REL": ("مذهبی", "Religious"),
    "TOUR": ("گردشگری", "Tourism"),
    "IND": ("صنعتی", "Industry"),
    "GREEN": ("فضای سبز", "Green space"),
    "GARDEN": ("باغ و کشاورزی", "Garden"),
    "UTIL": ("تأسیسات و آب", "Utilities and water"),
    "ROAD": ("معبر", "Passage"),
}
HERITAGE = {
    "CORE": ("عرصه", "Core"),
    "BUFFER_1": ("حریم درجه یک", "First-degree buffer"),
    "BUFFER_2": ("حریم درجه دو", "Second-degree buffer"),
    "LINE_ONLY": ("حریم بدون ضابطه", "Buffer with a line but no rules yet"),
    "FABRIC": ("بافت تاریخی", "Historic fabric"),
    "STARRED": ("پلاک ستاره‌دار", "Starred plot"),
    "WORN": ("بافت فرسوده", "Worn fabric"),
    "MADI": ("حریم مادی", "Madi strip"),
    "WIDEN": ("تعریض معبر", "Road widening"),
}
PERSIAN_NUMBERS = ("صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت")


def height_code(storeys: int) -> str:
    """H1..H7."""
    return f"H{storeys}"


def density_code(storeys: int) -> str:
    """D60..D420, 60 % per storey."""
    return f"D{60 * storeys}"


def labels(code: str) -> tuple[str, str]:
    """Label in Persian and in English."""
    if code in LAND_USE:
        return LAND_USE[code]
    if code in HERITAGE:
        return HERITAGE[code]
    number = int(code[1:])
    if code.startswith("H"):
        return f"{PERSIAN_NUMBERS[number]} طبقه روی پیلوت", f"{number} storeys over pilotis"
    return f"تراکم {number} درصد", f"Density {number} %"
