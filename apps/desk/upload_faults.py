"""What may be wrong with an upload."""

from apps.common.errors import BadInputError, NotFoundError


class DamagedError(BadInputError):
    """What arrived is not what was sent."""

    code = "damaged"


def gone() -> NotFoundError:
    """The upload is not here, or not this person's."""
    return NotFoundError(
        fa="این پرونده دیگر نزد ما نیست (زمان آن گذشته یا برداشته شده است). آن را از نو بفرستید.",
        en="This upload is no longer here (its time is over, or it was removed). Send the file anew.",
    )
