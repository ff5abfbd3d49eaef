-- Features as they show in a shape. `stored`: the indexed geometry, for the first look; `geom`: what shows.
-- The cheap questions first: is the shape whole, does the feature come near a place where it shows at all.
CREATE VIEW open_data_shown AS
SELECT s.key AS shape, f.edition_id, f.source_row, f.code, f.label_fa, f.label_en, f.attributes, f.geom AS stored, c.geom
  FROM open_data_shape s
  JOIN open_data_feature f ON f.edition_id = s.edition_id
 CROSS JOIN LATERAL (
   SELECT CASE WHEN s.whole THEN f.geom
               ELSE coalesce((SELECT ST_Multi(ST_CollectionExtract(ST_Difference(f.geom, ST_Union(m.geom)), 3))
                                FROM open_data_mask m
                               WHERE m.shape_id = s.key AND NOT m.shows AND m.geom && f.geom
                                 AND ST_Intersects(m.geom, f.geom)), f.geom) END AS geom OFFSET 0) c
 WHERE s.whole
    OR (EXISTS (SELECT FROM open_data_mask w
                 WHERE w.shape_id = s.key AND w.shows AND w.geom && f.geom AND ST_Intersects(w.geom, f.geom))
        AND ST_Area(c.geom) > 0.000001);
