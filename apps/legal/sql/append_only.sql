-- Acts are appended and never changed; what an instrument says is fixed from its first act on.

CREATE OR REPLACE FUNCTION legal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused. Record a further act instead (suspend, annul, repeal, replace).',
        TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- TRUNCATE is for throw-away databases: a test run sets the parameter on its own connections.
CREATE OR REPLACE FUNCTION legal_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('parvaneh.allow_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION '% is append-only: TRUNCATE refused. To start afresh make a new database.', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION legal_refuse_if_acted(instrument bigint, tab text, op text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM legal_legalact WHERE instrument_id = instrument) THEN
        RAISE EXCEPTION '%: % refused, instrument % has legal acts. Register a new instrument for the new text.',
            tab, op, instrument USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION legal_guard_instrument() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM legal_refuse_if_acted(OLD.id, TG_TABLE_NAME, TG_OP);
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION legal_guard_rulebook() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM legal_refuse_if_acted(OLD.instrument_id, TG_TABLE_NAME, TG_OP);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM legal_refuse_if_acted(NEW.instrument_id, TG_TABLE_NAME, TG_OP);
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE FUNCTION legal_guard_provision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM legal_refuse_if_acted(r.instrument_id, TG_TABLE_NAME, TG_OP)
            FROM legal_rulebook r WHERE r.id = OLD.rulebook_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM legal_refuse_if_acted(r.instrument_id, TG_TABLE_NAME, TG_OP)
            FROM legal_rulebook r WHERE r.id = NEW.rulebook_id;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER legal_act_append_only BEFORE UPDATE OR DELETE ON legal_legalact
    FOR EACH ROW EXECUTE FUNCTION legal_refuse_change();
CREATE TRIGGER legal_act_no_truncate BEFORE TRUNCATE ON legal_legalact
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();

CREATE TRIGGER legal_instrument_fixed BEFORE UPDATE OR DELETE ON legal_instrument
    FOR EACH ROW EXECUTE FUNCTION legal_guard_instrument();
CREATE TRIGGER legal_instrument_no_truncate BEFORE TRUNCATE ON legal_instrument
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();

CREATE TRIGGER legal_rulebook_fixed BEFORE INSERT OR UPDATE OR DELETE ON legal_rulebook
    FOR EACH ROW EXECUTE FUNCTION legal_guard_rulebook();
CREATE TRIGGER legal_rulebook_no_truncate BEFORE TRUNCATE ON legal_rulebook
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();

CREATE TRIGGER legal_provision_fixed BEFORE INSERT OR UPDATE OR DELETE ON legal_provisionrow
    FOR EACH ROW EXECUTE FUNCTION legal_guard_provision();
CREATE TRIGGER legal_provision_no_truncate BEFORE TRUNCATE ON legal_provisionrow
    FOR EACH STATEMENT EXECUTE FUNCTION legal_refuse_truncate();
