"""What mandates are called, for people."""

from apps.common.text import Text
from apps.parties.models import EndGround, MandateKind, Scope

SCOPE_NAMES = {
    Scope.VIEW: Text("دیدن پرونده", "see the case"),
    Scope.ACT: Text("انجام کارها", "take steps"),
    Scope.PAY: Text("پرداخت", "pay"),
    Scope.RECEIVE: Text("دریافت مدارک و پیام‌ها", "receive documents and messages"),
}
SCOPE_HELP = {
    Scope.VIEW: Text("پرونده، مدارک و پیام‌های آن را می‌بیند.", "Sees the case, its documents and messages."),
    Scope.ACT: Text(
        "به نام شما درخواست می‌دهد، مدرک می‌فرستد و پاسخ می‌دهد. «دیدن پرونده» را هم لازم دارد.",
        "Sends requests, documents and answers in your name. Needs “see the case” too.",
    ),
    Scope.PAY: Text("قبض‌ها را می‌بیند و می‌پردازد.", "Sees the bills and pays them."),
    Scope.RECEIVE: Text(
        "آنچه صادر می‌شود و پیام‌ها به او هم می‌رسد.", "What is issued, and messages, reach them as well."
    ),
}
KIND_NAMES = {
    MandateKind.ATTORNEY: Text("وکیل", "Attorney"),
    MandateKind.TECHNICAL_AGENT: Text("نمایندهٔ فنی مالک", "Technical agent"),
    MandateKind.COUNTER_OFFICE: Text("دفتر پیشخوان", "Counter office"),
    MandateKind.CO_OWNER: Text("هم‌مالک", "Co-owner"),
}
GROUND_NAMES = {
    EndGround.REVOKED: Text("مالک پس گرفت", "Revoked by the owner"),
    EndGround.RENOUNCED: Text("نماینده کنار رفت", "Renounced by the agent"),
    EndGround.OFFICER: Text("شهرداری پایان داد", "Ended by the municipality"),
}
