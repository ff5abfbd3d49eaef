"""What people are told when the other way in does not work. Each sentence says what to do instead."""

from apps.common.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError


def no_provider() -> NotFoundError:
    """Nothing is configured."""
    return NotFoundError(
        fa="ورود با سامانهٔ دیگر در این شهر راه‌اندازی نشده است. با کد پیامکی وارد شوید.",
        en="This city has no sign-in by another service. Sign in by a code sent to your mobile.",
    )


def away() -> UnavailableError:
    """The provider did not answer."""
    return UnavailableError(
        fa="سامانهٔ ورود پاسخ نمی‌دهد. چند دقیقهٔ دیگر دوباره تلاش کنید یا همین حالا با کد پیامکی وارد شوید.",
        en="The sign-in service does not answer. Try again in a few minutes, or sign in by a code now.",
        part="identity provider",
        retry_after=60,
    )


def unbelieved() -> ForbiddenError:
    """State, code or token was not what it had to be."""
    return ForbiddenError(
        fa="پاسخ سامانهٔ ورود پذیرفته نشد: کهنه بود، دو بار به کار رفت یا برای این مرورگر نبود. "
        "ورود را از نو آغاز کنید.",
        en="The answer of the sign-in service was not accepted: it was stale, used twice, or not for this browser. "
        "Start the sign-in again.",
    )


def cancelled() -> ForbiddenError:
    """The person said no over there."""
    return ForbiddenError(
        fa="ورود در آن سامانه پذیرفته نشد یا شما از آن منصرف شدید. از نو آغاز کنید یا با کد پیامکی وارد شوید.",
        en="You did not sign in at the other service. Start again, or sign in by a code.",
    )


def too_late() -> ConflictError:
    """The wait for a mobile number was too long."""
    return ConflictError(
        fa="زمان تأیید شمارهٔ همراه گذشت. ورود با سامانهٔ دیگر را از نو آغاز کنید.",
        en="The time to confirm a mobile number is over. Start the sign-in by the other service again.",
    )


def other_national_id() -> ConflictError:
    """The account says another national ID than the provider."""
    return ConflictError(
        fa="شمارهٔ ملی این حساب با شمارهٔ ملی‌ای که سامانهٔ ورود اعلام کرد یکی نیست. اگر شمارهٔ همراه را از کس دیگری "
        "گرفته‌اید، به دفتر منطقه بروید؛ چیزی تغییر نکرد.",
        en="This account has another national ID than the sign-in service says. If the mobile number was somebody "
        "else’s before, ask your district office; nothing was changed.",
    )


def taken_national_id() -> ConflictError:
    """Another account has this national ID."""
    return ConflictError(
        fa="این شمارهٔ ملی از آنِ حساب دیگری با شمارهٔ همراه دیگری است. با همان شماره و کد پیامکی وارد شوید یا از دفتر "
        "منطقه بخواهید دو حساب را بررسی کند.",
        en="This national ID belongs to another account with another mobile number. Sign in by a code to that number, "
        "or ask your district office to look at the two accounts.",
    )


def taken_account() -> ConflictError:
    """The account is bound to another identity of the same provider."""
    return ConflictError(
        fa="حساب این شمارهٔ همراه پیش‌تر به شناسهٔ دیگری در همان سامانه وصل شده است. با همان شناسه یا با کد پیامکی "
        "وارد شوید.",
        en="The account of this mobile number is connected to another identity at the same service. Use that identity, "
        "or sign in by a code.",
    )
