DROP VIEW open_data_shown;
