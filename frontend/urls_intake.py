"""Addresses of the desk's intake: uploads, layers, rulebooks. Included under desk/."""

from django.urls import path

from frontend.views import desk_layers, desk_layers_map, desk_layers_report, desk_rulebooks, desk_uploads

urlpatterns = [
    path("uploads/", desk_uploads.upload_list, name="desk_uploads"),
    path("uploads/<uuid:upload>/", desk_uploads.upload_one, name="desk_upload"),
    path("layers/", desk_layers.layers_page, name="desk_layers"),
    path("layers/new/", desk_layers.new_layer, name="desk_layer_new"),
    path("layers/<uuid:run>/", desk_layers.run_page, name="desk_run"),
    path("layers/<uuid:run>/state/", desk_layers.run_state, name="desk_run_state"),
    path("layers/<uuid:run>/cancel/", desk_layers.cancel_run, name="desk_run_cancel"),
    path("layers/<uuid:run>/again/", desk_layers.again_run, name="desk_run_again"),
    path("layers/<uuid:run>/remove/", desk_layers.remove_run, name="desk_run_remove"),
    path("layers/<uuid:run>/map/", desk_layers_map.mapping_page, name="desk_run_map"),
    path("layers/<uuid:run>/picture/", desk_layers_map.picture, name="desk_run_picture"),
    path("layers/<uuid:run>/bad.gpkg", desk_layers_report.bad_rows, name="desk_run_bad"),
    path("layers/<uuid:run>/report.csv", desk_layers_report.report_table, name="desk_run_csv"),
    path("rulebooks/", desk_rulebooks.rulebooks_page, name="desk_rulebooks"),
    path("rulebooks/new/", desk_rulebooks.new_table, name="desk_rulebook_new"),
    path("rulebooks/<uuid:draft>/", desk_rulebooks.table_page, name="desk_rulebook"),
    path("rulebooks/<uuid:draft>/remove/", desk_rulebooks.remove_table, name="desk_rulebook_remove"),
]
