"""URLs of the tiles."""

from django.urls import path

from apps.map_services.views import tile_view

app_name = "map_services"
urlpatterns = [path("<slug:layer>/<slug:key>/<int:z>/<int:x>/<int:y>.mvt", tile_view, name="tile")]
