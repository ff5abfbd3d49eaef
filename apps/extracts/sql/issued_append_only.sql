-- What was issued stays as it was: the link on a printed document must answer the same for ever.
CREATE TRIGGER extracts_issued_append_only BEFORE UPDATE OR DELETE ON extracts_issuedextract
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER extracts_issued_no_truncate BEFORE TRUNCATE ON extracts_issuedextract
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER extracts_state_append_only BEFORE UPDATE OR DELETE ON extracts_answerstate
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER extracts_state_no_truncate BEFORE TRUNCATE ON extracts_answerstate
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
