"""Sentences that the script beside the upload form says."""

from django.utils.translation import gettext as _


def file_texts() -> dict[str, str]:
    """Key → sentence in the language of the page; `{name}` is filled in by the script."""
    return {
        "file_choose": _("Choose a file or take a photo first."),
        "file_too_large": _("This file has {mb} MB; at most {most} MB are taken. Save it smaller or split it."),
        "file_sending": _("Sending: {percent} %"),
        "file_looking": _("The file has arrived and is being looked through…"),
        "file_cut": _("The line broke off and nothing was kept. Check your connection and send it again."),
        "file_stopped": _("Stopped; nothing was kept."),
    }
