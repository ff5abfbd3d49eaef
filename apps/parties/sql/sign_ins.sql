-- The log of sign-ins and of second factors taken away is added to and never rewritten. Only sign-ins whose time is
-- over may go: never one younger than 90 days, whatever the setting says.
CREATE OR REPLACE FUNCTION sign_ins_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'parties_signin' THEN
        IF OLD.at < now() - interval '90 days' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- A test run empties its own database and says so on its connections; nobody else may.
CREATE OR REPLACE FUNCTION sign_ins_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('parvaneh.allow_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION '% is append-only: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER parties_signin_append_only BEFORE UPDATE OR DELETE ON parties_signin
    FOR EACH ROW EXECUTE FUNCTION sign_ins_refuse_change();
CREATE TRIGGER parties_signin_no_truncate BEFORE TRUNCATE ON parties_signin
    FOR EACH STATEMENT EXECUTE FUNCTION sign_ins_refuse_truncate();
CREATE TRIGGER parties_factor_reset_append_only BEFORE UPDATE OR DELETE ON parties_secondfactorreset
    FOR EACH ROW EXECUTE FUNCTION sign_ins_refuse_change();
CREATE TRIGGER parties_factor_reset_no_truncate BEFORE TRUNCATE ON parties_secondfactorreset
    FOR EACH STATEMENT EXECUTE FUNCTION sign_ins_refuse_truncate();

-- An identity is never moved to another person.
CREATE TRIGGER parties_identity_never_moved BEFORE UPDATE ON parties_identity
    FOR EACH ROW EXECUTE FUNCTION sign_ins_refuse_change();
