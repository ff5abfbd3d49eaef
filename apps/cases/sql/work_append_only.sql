-- Definitions, posts and accesses are added to, never rewritten or removed; a file's version only learns its scan.
CREATE OR REPLACE FUNCTION cases_version_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'scan' - 'scan_said') <> (to_jsonb(OLD) - 'scan' - 'scan_said') THEN
        RAISE EXCEPTION 'versions of documents are append-only: % of version % refused', lower(TG_OP), OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER cases_version_append_only BEFORE UPDATE OR DELETE ON cases_documentversion
    FOR EACH ROW EXECUTE FUNCTION cases_version_keeps();
CREATE TRIGGER cases_version_no_truncate BEFORE TRUNCATE ON cases_documentversion
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER cases_type_append_only BEFORE UPDATE OR DELETE ON cases_casetypeversion
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER cases_type_no_truncate BEFORE TRUNCATE ON cases_casetypeversion
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER cases_post_append_only BEFORE UPDATE OR DELETE ON cases_casepost
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER cases_post_no_truncate BEFORE TRUNCATE ON cases_casepost
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
CREATE TRIGGER cases_access_append_only BEFORE UPDATE OR DELETE ON cases_accessrecord
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER cases_access_no_truncate BEFORE TRUNCATE ON cases_accessrecord
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
