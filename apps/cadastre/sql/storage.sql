-- Geometries are read far more often than written: kept uncompressed, so that no read has to unpack them.
ALTER TABLE cadastre_parcelversion ALTER COLUMN geom SET STORAGE EXTERNAL;
ALTER TABLE cadastre_parcelversion ALTER COLUMN geom_web SET STORAGE EXTERNAL;
ALTER TABLE cadastre_district ALTER COLUMN geom SET STORAGE EXTERNAL;
ALTER TABLE cadastre_district ALTER COLUMN geom_web SET STORAGE EXTERNAL;
