"""A permit request: a case of a permit kind, and the evidence it rests on."""

from django.db import models

from apps.cases.models import Case
from apps.legal.models import LegalAct


class PermitKind(models.TextChoices):
    """Permit kinds of 3-domain §4, code names from the glossary."""

    NEW = "NEW", "احداث"
    DEMOLISH_REBUILD = "DEMOLISH_REBUILD", "تخریب و بازسازی"
    EXTENSION = "EXTENSION", "توسعه"
    ADDED_STOREY = "ADDED_STOREY", "اضافه اشکوب"
    REPAIR = "REPAIR", "تعمیرات"
    RENEWAL = "RENEWAL", "تجدید"
    TIME_EXTENSION = "TIME_EXTENSION", "تمدید"
    AMENDMENT = "AMENDMENT", "اصلاح (تغییر نقشه)"
    DUPLICATE = "DUPLICATE", "المثنی"


class PermitRequest(models.Model):
    """What is asked for; the case carries who, where and when.

    Three frozen extracts, each with the law (id of the last act) and the instant it was composed with: of the start,
    of the submission, and `relied`, the one that the request rests on now. `examined_version`, `examined_on`: the law
    and the legal day up to which that evidence was held against every act; behind them no step forward is taken.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="permit_request")
    kind = models.CharField(max_length=24, choices=PermitKind)
    extract_digest = models.CharField(max_length=80, help_text="Digest of the extract the draft was started with")
    extract_law = models.BigIntegerField(null=True)
    extract_known_at = models.DateTimeField(null=True)
    filed_on = models.DateField(null=True, help_text="Legal day on which it was sent in")
    filed_digest = models.CharField(max_length=80, blank=True)
    filed_law = models.BigIntegerField(null=True)
    filed_known_at = models.DateTimeField(null=True)
    relied_digest = models.CharField(max_length=80)
    relied_law = models.BigIntegerField(null=True)
    relied_known_at = models.DateTimeField(null=True)
    continues_by = models.ForeignKey(
        LegalAct, null=True, on_delete=models.PROTECT, related_name="+", help_text="Act whose clause keeps the old rule"
    )
    examined_version = models.BigIntegerField()
    examined_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["examined_version", "examined_on"], name="request_examined")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


from apps.permits.models_inspection import InspectionReport, InspectionVisit  # noqa: E402 - they point back at cases
from apps.permits.models_proposal import FrozenChecks, PermitProposal  # noqa: E402 - they point back at requests

__all__ = ["FrozenChecks", "InspectionReport", "InspectionVisit", "PermitKind", "PermitProposal", "PermitRequest"]
