"""Addresses of the pages that compare, and of their tiles."""

from django.urls import path

from frontend.views import compare, compare_tiles

urlpatterns = [
    path("compare/", compare.compare, name="compare"),
    path("compare/<slug:key>/state/", compare.compare_state, name="compare_state"),
    path("compare/<slug:key>/<int:z>/<int:x>/<int:y>.mvt", compare_tiles.compare_tile, name="compare_tile"),
    path("desk/compare/", compare.desk_compare, name="desk_compare"),
    path("desk/compare/<slug:key>/cancel/", compare.cancel_compare, name="desk_compare_cancel"),
    path("desk/compare/<slug:key>/resume/", compare.resume_compare, name="desk_compare_resume"),
    path(
        "desk/tiles/differences/<slug:key>/<int:z>/<int:x>/<int:y>.mvt",
        compare_tiles.desk_difference_tile,
        name="desk_difference_tile",
    ),
    path(
        "desk/tiles/editions/<int:edition>/<int:z>/<int:x>/<int:y>.mvt",
        compare_tiles.desk_edition_tile,
        name="desk_edition_tile",
    ),
]
