"""Sentences that the script of the inspector's form says."""

from django.utils.translation import gettext as _

from frontend.texts import script_texts

_PLACE = ("locating", "locate_insecure", "locate_unsupported", "locate_denied", "locate_unavailable", "locate_timeout")


def device_texts() -> dict[str, str]:
    """Key → sentence in the language of the page; `{name}` is filled in by the script."""
    return {
        **{key: text for key, text in script_texts().items() if key in _PLACE},
        "device_empty": _("Nothing waits on this device: everything was sent."),
        "device_kept": _("Kept on this device: {n}. It is sent as soon as the network is back; keep this page open."),
        "device_sending": _("Sending what is kept on this device: {n} left…"),
        "device_signed_out": _(
            "Kept on this device: {n}. You are signed out: open this page anew and sign in; what is kept stays."
        ),
        "device_refused": _("Not taken: {why}"),
        "device_none": _(
            "This browser keeps nothing on the device. Without a network the form cannot be sent; keep the page open."
        ),
        "device_fix": _("Correct the form and send it again; what you wrote is still here."),
        "photo_waits": _("waits"),
        "photo_sent": _("sent"),
        "photo_refused": _("not taken"),
        "photo_remove": _("Remove"),
        "place_taken": _("Position taken, known to {m} m."),
        "place_refused": _("The report can be sent without a position."),
    }
