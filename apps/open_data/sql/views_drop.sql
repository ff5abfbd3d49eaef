DROP VIEW open_data_act;
DROP VIEW open_data_district;
DROP VIEW open_data_parcel;
DROP VIEW open_data_feature;
