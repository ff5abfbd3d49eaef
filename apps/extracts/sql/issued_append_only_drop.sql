DROP TRIGGER IF EXISTS extracts_issued_append_only ON extracts_issuedextract;
DROP TRIGGER IF EXISTS extracts_issued_no_truncate ON extracts_issuedextract;
DROP TRIGGER IF EXISTS extracts_state_append_only ON extracts_answerstate;
DROP TRIGGER IF EXISTS extracts_state_no_truncate ON extracts_answerstate;
