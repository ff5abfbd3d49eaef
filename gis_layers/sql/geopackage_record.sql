-- SQLite: the ISO 19139 record.
INSERT INTO gpkg_metadata (id, md_scope, md_standard_uri, mime_type, metadata)
VALUES (1, 'dataset', 'http://www.isotc211.org/2005/gmd', 'text/xml', :record)
