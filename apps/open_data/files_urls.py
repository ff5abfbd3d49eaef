"""Addresses of downloads and metadata; for machines, so without a language."""

from django.urls import path

from apps.open_data import downloads

app_name = "open_files"
urlpatterns = [
    path("catalog.jsonld", downloads.catalog_jsonld, name="catalog"),
    path("catalog.ttl", downloads.catalog_turtle, name="catalog_turtle"),
    path("editions/<slug:code>.gpkg", downloads.edition_package, name="package"),
    path("editions/<slug:code>.xml", downloads.edition_record, name="record"),
    path("rulebooks/<slug:code>.xlsx", downloads.rulebook_sheet, name="rulebook_sheet"),
    path("rulebooks/<slug:code>.csv", downloads.rulebook_csv, name="rulebook_csv"),
]
