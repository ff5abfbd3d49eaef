DROP TRIGGER IF EXISTS legal_draft_fixed ON legal_actdraft;
DROP TRIGGER IF EXISTS legal_draft_no_truncate ON legal_actdraft;
DROP TRIGGER IF EXISTS legal_target_fixed ON legal_drafttarget;
DROP TRIGGER IF EXISTS legal_target_no_truncate ON legal_drafttarget;
DROP TRIGGER IF EXISTS legal_document_append_only ON legal_actdocument;
DROP TRIGGER IF EXISTS legal_document_no_truncate ON legal_actdocument;
DROP FUNCTION IF EXISTS legal_guard_target();
DROP FUNCTION IF EXISTS legal_refuse_if_closed(bigint, text);
DROP FUNCTION IF EXISTS legal_guard_draft();
