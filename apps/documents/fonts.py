"""The typeface of documents: the frontend build puts Vazirmatn beside the site's static files."""

from pathlib import Path

from django.conf import settings

from apps.common.errors import UnavailableError

SCHEME = "parvaneh-font:"
FILES = {"regular": "Vazirmatn-Regular.ttf", "bold": "Vazirmatn-Bold.ttf"}
# As built (an image has only this one), then as npm installs it.
FOLDERS = (Path("frontend/static/fonts"), Path("node_modules/vazirmatn/fonts/ttf"))


def font_file(name: str, *, root: Path | None = None) -> Path:
    """The file of the weight 'regular' or 'bold'. Raises UnavailableError saying how to get it."""
    base = root or Path(settings.BASE_DIR)
    for folder in FOLDERS:
        path = base / folder / FILES[name]
        if path.is_file():
            return path
    raise UnavailableError(
        fa=f"قلم سند ({FILES[name]}) نصب نیست، پس PDF ساخته نمی‌شود. مدیر سامانه «make setup» را اجرا کند.",
        en=f"The document's typeface ({FILES[name]}) is not installed, so no PDF is made. Run “make setup”.",
        file=FILES[name],
    )
