"""What people call a file: kept as a label, never as a path. Pure."""

_LONGEST = 120
_HIDDEN = dict.fromkeys(
    number
    for first, last in ((0, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200E, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F))
    for number in range(first, last + 1)
)
_UNSAFE = str.maketrans(dict.fromkeys('<>:"|?*%;\\/', "_"))


def clean_name(raw: str, *, extension: str) -> str:
    """The bare name without folders, hidden marks and turned directions, ending in the true extension.

    "C:\\\\x\\\\plan.exe.PDF" with "pdf" → "plan.exe.pdf"; nothing left → "file.pdf".
    """
    last = raw.replace("\\", "/").rsplit("/", 1)[-1].translate(_HIDDEN).translate(_UNSAFE).strip(" .")
    stem, dot, _ = last.rpartition(".")
    kept = (stem if dot else last)[:_LONGEST].strip(" .")
    return f"{kept or 'file'}.{extension}"
