-- What the open standards read. Nothing here can be written through, and nothing of a draft is in it: an edition is
-- here when its file was taken in and it has at least one legal act.
-- A later migration that changes the type of a column named here drops these views first (*_drop.sql).

CREATE VIEW open_data_feature AS
SELECT f.id, e.id AS edition_id, t.code AS theme, i.code AS edition, i.title_fa, i.title_en, i.sample,
       f.source_row, f.code, f.label_fa, f.label_en, f.attributes, f.geom
  FROM gis_layers_feature f
  JOIN gis_layers_edition e ON e.id = f.edition_id AND e.state = 'taken_in'
  JOIN gis_layers_theme t ON t.id = e.theme_id
  JOIN legal_instrument i ON i.id = e.instrument_id
 WHERE EXISTS (SELECT FROM legal_legalact a WHERE a.instrument_id = i.id);

-- Registry plates, addresses and names are not in it: nobody needs the whole city's in one file.
CREATE VIEW open_data_parcel AS
SELECT v.id AS version, p.code, d.number AS district, v.drawn_area_dm2 / 100.0 AS drawn_area_m2,
       v.deed_area_dm2 / 100.0 AS deed_area_m2, v.passage_width_cm / 100.0 AS passage_width_m,
       v.frontage_cm / 100.0 AS frontage_m, v.corner, v.legal, v.known, upper(v.legal) - 1 AS ended, v.geom AS stored, v.geom
  FROM cadastre_parcelversion v
  JOIN cadastre_parcel p ON p.id = v.parcel_id
  LEFT JOIN cadastre_district d ON d.id = v.district_id;

CREATE VIEW open_data_district AS
SELECT d.number, d.name_fa, d.name_en, d.approximate, d.geom AS stored, d.geom FROM cadastre_district d;

-- Acts without the people who recorded and countersigned them.
CREATE VIEW open_data_act AS
SELECT a.id, i.code AS instrument, a.kind, a.number, a.act_date, a.effective_on, a.body_fa, a.body_en, a.document,
       a.reason_fa, a.reason_en, a.authority, a.recorded_at, l.number AS lifts, r.code AS replaced_by, a.scope
  FROM legal_legalact a
  JOIN legal_instrument i ON i.id = a.instrument_id
  LEFT JOIN legal_legalact l ON l.id = a.lifts_id
  LEFT JOIN legal_instrument r ON r.id = a.replaced_by_id;
