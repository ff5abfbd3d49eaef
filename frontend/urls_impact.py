"""Addresses of impact reports. Included under desk/impact/."""

from django.urls import path

from frontend.views import desk_impact, desk_impact_files

urlpatterns = [
    path("", desk_impact.reports, name="desk_impact"),
    path("of-draft/<int:draft>/", desk_impact.of_draft, name="desk_impact_of_draft"),
    path("of/<slug:code>/", desk_impact.of_instrument, name="desk_impact_of_instrument"),
    path("<int:pk>/", desk_impact.report, name="desk_impact_report"),
    path("<int:pk>/state/", desk_impact.state, name="desk_impact_state"),
    path("<int:pk>/parcels/", desk_impact.parcels, name="desk_impact_parcels"),
    path("<int:pk>/points.json", desk_impact.points, name="desk_impact_points"),
    path("<int:pk>/cancel/", desk_impact.cancel, name="desk_impact_cancel"),
    path("<int:pk>/again/", desk_impact.again, name="desk_impact_again"),
    path("<int:pk>/impact.csv", desk_impact_files.table, name="desk_impact_csv"),
    path("<int:pk>/impact.gpkg", desk_impact_files.package, name="desk_impact_gpkg"),
    path("<int:pk>/impact.html", desk_impact_files.page, name="desk_impact_html"),
]
