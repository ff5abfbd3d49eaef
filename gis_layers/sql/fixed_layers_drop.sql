DROP TRIGGER gis_layers_feature_fixed ON gis_layers_feature;
DROP TRIGGER gis_layers_quarantined_fixed ON gis_layers_quarantined;
DROP TRIGGER gis_layers_edition_fixed ON gis_layers_edition;
DROP FUNCTION gis_layers_guard_row();
DROP FUNCTION gis_layers_guard_edition();
DROP FUNCTION gis_layers_refuse_if_bound(bigint, text, text);
