-- History is append-only: what happened to a case can be added to, never rewritten or removed.
CREATE OR REPLACE FUNCTION case_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'case history is append-only: % of event % refused', lower(TG_OP), OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER case_event_append_only
    BEFORE UPDATE OR DELETE ON cases_caseevent
    FOR EACH ROW EXECUTE FUNCTION case_event_is_append_only();

-- A test run empties its own database and says so on its connections; nobody else may.
CREATE OR REPLACE FUNCTION case_event_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('parvaneh.allow_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION 'case history is append-only: TRUNCATE refused'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER case_event_no_truncate
    BEFORE TRUNCATE ON cases_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION case_event_refuse_truncate();
