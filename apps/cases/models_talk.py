"""What is asked, answered and said in a case, and who looked at it."""

from django.conf import settings
from django.db import models


class CaseAsk(models.Model):
    """One thing that an office or the system asks of the owner's side: it is answered or disputed, item by item.

    `code`: document or field of the type it is about; blank = a free question. `state`: open, answered, disputed,
    settled, withdrawn. `asked_by` null = the system. What is said stays; the case's history keeps each turn.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="asks")
    kind = models.CharField(
        max_length=12, choices=[("document", "Document"), ("answer", "Answer"), ("correction", "Correction")]
    )
    code = models.SlugField(max_length=40, blank=True)
    title_fa = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    reason_fa = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    article = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_as = models.CharField(max_length=24, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="open")
    answer = models.TextField(blank=True)
    document = models.ForeignKey(
        "cases.CaseDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="asks"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_said = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["case", "state"], name="ask_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} of {self.case_id}"


class CasePost(models.Model):
    """A sentence of the conversation in a case, seen by both sides. Append-only by trigger."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=24)
    side = models.CharField(max_length=8, choices=[("owner", "Owner"), ("office", "Office")])
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.side} in {self.case_id}"


class AccessRecord(models.Model):
    """That somebody looked at a case or took a file out of it. Append-only by trigger; its people may read it.

    `capacity`: why they could (applicant, agent, case_officer …). `what`: view or download; `thing`: of what.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="accesses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=24)
    what = models.CharField(max_length=12)
    thing = models.CharField(max_length=120, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["case", "-id"], name="access_by_case")]

    def __str__(self) -> str:
        return f"{self.what} {self.case_id}"
