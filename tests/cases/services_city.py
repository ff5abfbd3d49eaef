"""A city package beside the real one: the same files by link, its own folder of services."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

FOURTH = """
code = "lost_item"
group = "relations"
number = 99
prefix = "LI"
place = "none"
channels = ["portal", "api", "call_137"]
name = { fa = "گم‌شده", en = "Lost item" }
guide = { fa = "چیزی که در اتوبوس جا مانده است.", en = "Something left on a bus." }
who = { fa = "هر کس.", en = "Anybody." }
keywords = ["bus", "اتوبوس"]

[[field]]
code = "what"
kind = "choice"
label = { fa = "چیست؟", en = "What is it?" }
choices = [
  { code = "bag", name = { fa = "کیف", en = "Bag" } },
  { code = "other", name = { fa = "دیگر", en = "Other" } },
]

[[field]]
code = "what_other"
kind = "text"
label = { fa = "نام آن", en = "Its name" }
maximum = 40
when = { field = "what", is = ["other"] }

[[document]]
code = "receipt"
required = false
name = { fa = "رسید", en = "Receipt" }

[[state]]
code = "draft"
turn = "owner"
name = { fa = "پیش‌نویس", en = "Draft" }
says = { fa = "فرستاده نشده.", en = "Not sent." }

[[state]]
code = "submitted"
turn = "office"
role = "case_officer"
name = { fa = "جست‌وجو", en = "Being looked for" }
says = { fa = "در حال جست‌وجو.", en = "Somebody looks for it." }
term = { amount = 3, unit = "working_days", source = "SAMPLE" }

[[state]]
code = "needs_docs"
turn = "owner"
stops_clock = true
name = { fa = "پرسش", en = "Asked" }
term = { amount = 5, unit = "days", source = "SAMPLE", then = "archive" }

[[state]]
code = "found"
turn = "owner"
form_open = true
name = { fa = "پیدا شد", en = "Found" }
says = { fa = "بگویید کی می‌آیید.", en = "Say when you come." }

[[state]]
code = "closed"
closed = true
name = { fa = "تحویل شد", en = "Handed over" }

[[state]]
code = "archived"
closed = true
name = { fa = "بایگانی", en = "Archived" }

[[step]]
verb = "submit"
from = ["draft"]
to = "submitted"
by = ["owner", "operator_137"]
guards = ["form_complete", "documents_complete"]
ticket = "test 1"
name = { fa = "فرستادن", en = "Send in" }

[[step]]
verb = "find"
from = ["submitted"]
to = "found"
by = ["case_officer"]
ticket = "test 2"
name = { fa = "پیدا شد", en = "Found" }

[[step]]
verb = "ask_documents"
from = ["submitted"]
to = "needs_docs"
by = ["case_officer"]
says = "reason"
ticket = "test 3"
name = { fa = "پرسیدن", en = "Ask" }

[[step]]
verb = "resubmit"
from = ["needs_docs"]
to = "submitted"
guards = ["form_complete"]
ticket = "test 4"
name = { fa = "دوباره", en = "Again" }

[[step]]
verb = "fetch"
from = ["found"]
to = "closed"
ticket = "test 5"
name = { fa = "گرفتم", en = "I have it" }

[[step]]
verb = "archive"
from = ["needs_docs"]
to = "archived"
by = ["system"]
forward = false
ticket = "test 6"
name = { fa = "بایگانی", en = "Archive" }
"""


def fourth() -> dict[str, Any]:
    """The invented type as it is read from its file."""
    return tomllib.loads(FOURTH)


def package(folder: Path, services: Mapping[str, str]) -> Path:
    """A package in `folder` with these services only: name of the file without ending → TOML."""
    folder.mkdir()
    for entry in Path(settings.CITY_ROOT).iterdir():
        if entry.name != "services":
            (folder / entry.name).symlink_to(entry)
    (folder / "services").mkdir()
    for name, text in services.items():
        (folder / "services" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
