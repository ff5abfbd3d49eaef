-- Geometries are read far more often than written: kept uncompressed, so that no read has to unpack them.
ALTER TABLE gis_layers_feature ALTER COLUMN geom SET STORAGE EXTERNAL;
ALTER TABLE gis_layers_feature ALTER COLUMN geom_web SET STORAGE EXTERNAL;
ALTER TABLE gis_layers_edition ALTER COLUMN coverage SET STORAGE EXTERNAL;
ALTER TABLE gis_layers_backdrop ALTER COLUMN geom_web SET STORAGE EXTERNAL;
