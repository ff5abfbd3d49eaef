"""What officers sign on a permit: a reason for a check nobody can compute, and that a former permit was looked up."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.permits.drawing_checks import sign_reason
from apps.permits.former import check_former
from frontend.office_access import office_page
from frontend.views.office_doing import done


@require_POST
@office_page
def sign(request: HttpRequest, tracking: str) -> HttpResponse:
    """The drawing officer's reason for one check."""
    code, said = request.POST.get("code", "")[:120], request.POST.get("said", "")
    return done(
        request,
        tracking,
        lambda person: sign_reason(person=person, tracking=tracking, code=code, said=said),
        form=f"sign-{code}",
        anchor="#drawings",
    )


@require_POST
@office_page
def former(request: HttpRequest, tracking: str) -> HttpResponse:
    """The former permit was found in the archive."""
    said = request.POST.get("said", "")
    return done(
        request,
        tracking,
        lambda person: check_former(person=person, tracking=tracking, said=said),
        form="former",
        anchor="#drawings",
    )
