-- A draft that was signed or withdrawn never changes again, and none is ever deleted; files of minutes are append-only.

CREATE OR REPLACE FUNCTION legal_guard_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'drafted' THEN
        RAISE EXCEPTION 'draft % is %: % refused. Correct an act by a further act.', OLD.id, OLD.state, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION legal_refuse_if_closed(draft bigint, op text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM legal_actdraft WHERE id = draft AND state <> 'drafted') THEN
        RAISE EXCEPTION 'draft % is closed: % of what it names refused. Correct an act by a further act.', draft, op
            USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION legal_guard_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM legal_refuse_if_closed(OLD.draft_id, TG_OP);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM legal_refuse_if_closed(NEW.draft_id, TG_OP);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER legal_draft_fixed BEFORE UPDATE OR DELETE ON legal_actdraft
    FOR EACH ROW EXECUTE FUNCTION legal_guard_draft();
CREATE TRIGGER legal_draft_no_truncate BEFORE TRUNCATE ON legal_actdraft
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();

CREATE TRIGGER legal_target_fixed BEFORE INSERT OR UPDATE OR DELETE ON legal_drafttarget
    FOR EACH ROW EXECUTE FUNCTION legal_guard_target();
CREATE TRIGGER legal_target_no_truncate BEFORE TRUNCATE ON legal_drafttarget
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();

CREATE TRIGGER legal_document_append_only BEFORE UPDATE OR DELETE ON legal_actdocument
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER legal_document_no_truncate BEFORE TRUNCATE ON legal_actdocument
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
