"""Addresses of OGC API – Features."""

from django.urls import path

from apps.open_data import views

app_name = "open_data"
urlpatterns = [
    path("", views.landing_page, name="landing"),
    path("api", views.api_document, name="api"),
    path("conformance", views.conformance, name="conformance"),
    path("collections", views.collection_list, name="collections"),
    path("collections/<slug:layer>", views.collection, name="collection"),
    path("collections/<slug:layer>/items", views.item_list, name="items"),
    path("collections/<slug:layer>/items/<str:code>", views.item, name="item"),
]
