-- Who acted for whom is history: a row may be ended once, by the columns named in the trigger, and nothing else of it
-- changes. TG_ARGV: the columns of the end, first the one that tells whether it has ended.
CREATE OR REPLACE FUNCTION parties_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% is ended, never deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL THEN
        RAISE EXCEPTION '%: row % has ended and stays as it is', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
        RAISE EXCEPTION '%: row % can be ended, not edited. Give a new one instead.', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- TRUNCATE is for throw-away databases: a test run sets the parameter on its own connections.
CREATE OR REPLACE FUNCTION parties_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('parvaneh.allow_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION '% is ended, never deleted: TRUNCATE refused', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER parties_mandate_ends_once BEFORE UPDATE OR DELETE ON parties_mandate
    FOR EACH ROW EXECUTE FUNCTION parties_ends_once('ended_at', 'ended_by_id', 'end_ground', 'end_reason');
CREATE TRIGGER parties_mandate_no_truncate BEFORE TRUNCATE ON parties_mandate
    FOR EACH STATEMENT EXECUTE FUNCTION parties_refuse_truncate();
CREATE TRIGGER parties_mandateask_ends_once BEFORE UPDATE OR DELETE ON parties_mandateask
    FOR EACH ROW EXECUTE FUNCTION parties_ends_once('answered_at', 'state', 'mandate_id');
CREATE TRIGGER parties_mandateask_no_truncate BEFORE TRUNCATE ON parties_mandateask
    FOR EACH STATEMENT EXECUTE FUNCTION parties_refuse_truncate();
CREATE TRIGGER parties_membership_ends_once BEFORE UPDATE OR DELETE ON parties_membership
    FOR EACH ROW EXECUTE FUNCTION parties_ends_once('until');
CREATE TRIGGER parties_membership_no_truncate BEFORE TRUNCATE ON parties_membership
    FOR EACH STATEMENT EXECUTE FUNCTION parties_refuse_truncate();
