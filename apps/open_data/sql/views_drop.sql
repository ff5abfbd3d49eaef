DROP VIEW open_data_act;
DROP VIEW open_data_district;
DROP VIEW open_data_parcel;
DROP VIEW open_data_shown;
DROP VIEW open_data_feature;
DROP FUNCTION open_data_cut(text, geometry);
