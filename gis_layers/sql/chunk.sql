-- The cell of the overlay grid that a geometry belongs to: squares of 1000 units (metres) of its own CRS,
-- found by one point on its surface. floor(x / 1000) * 1 000 000 + floor(y / 1000).
CREATE OR REPLACE FUNCTION city_chunk(shape geometry) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT floor(ST_X(point) / 1000)::bigint * 1000000 + floor(ST_Y(point) / 1000)::bigint
    FROM (SELECT ST_PointOnSurface(shape) AS point) spot
$$;
