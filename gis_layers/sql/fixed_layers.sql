-- What a layer says is fixed once it is taken in and its instrument has an act: features, quarantine and coverage.
-- An edition whose act came first (a notice of a plan whose file is still to come) may be taken in later, in one
-- transaction; after that it is fixed too.

CREATE OR REPLACE FUNCTION gis_layers_refuse_if_bound(edition bigint, tab text, op text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gis_layers_edition e JOIN legal_legalact a ON a.instrument_id = e.instrument_id
                WHERE e.id = edition AND e.state = 'taken_in' AND (op <> 'INSERT' OR e.taken_in_at < now())) THEN
        RAISE EXCEPTION '%: % refused, edition % has legal acts. Take the new file in as an edition of its own.',
            tab, op, edition USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gis_layers_guard_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM gis_layers_refuse_if_bound(OLD.edition_id, TG_TABLE_NAME, TG_OP);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM gis_layers_refuse_if_bound(NEW.edition_id, TG_TABLE_NAME, TG_OP);
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION gis_layers_guard_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gis_layers_refuse_if_bound(OLD.id, TG_TABLE_NAME, TG_OP);
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER gis_layers_feature_fixed BEFORE INSERT OR UPDATE OR DELETE ON gis_layers_feature
    FOR EACH ROW EXECUTE FUNCTION gis_layers_guard_row();
CREATE TRIGGER gis_layers_quarantined_fixed BEFORE INSERT OR UPDATE OR DELETE ON gis_layers_quarantined
    FOR EACH ROW EXECUTE FUNCTION gis_layers_guard_row();
CREATE TRIGGER gis_layers_edition_fixed BEFORE UPDATE OR DELETE ON gis_layers_edition
    FOR EACH ROW EXECUTE FUNCTION gis_layers_guard_edition();
