"""Addresses of the pages. Included under i18n_patterns: Persian without a prefix, English under /en/."""

from django.urls import path

from frontend.views import desk, envelope, home, layers, outbox, parcels, parts, requests, search, share

urlpatterns = [
    path("", home.home, name="home"),
    path("parcels/<str:code>/", parcels.parcel_page, name="parcel"),
    path("parcels/<str:code>/panel/", parcels.parcel_panel, name="parcel_panel"),
    path("parcels/<str:code>/qr.svg", share.qr, name="parcel_qr"),
    path("parcels/<str:code>/parts/<int:feature>/", parts.parcel_part, name="parcel_part"),
    path("parcels/<str:code>/envelope/", envelope.parcel_envelope, name="parcel_envelope"),
    path("parcels/<str:code>/request/", requests.start_request, name="start_request"),
    path("search/", search.search_page, name="search"),
    path("layers/", layers.layer_list, name="layers"),
    path("requests/", requests.my_requests, name="my_requests"),
    path("requests/<str:tracking>/", requests.request_page, name="request"),
    path("requests/<str:tracking>/cancel/", requests.cancel_request, name="cancel_request"),
    path("desk/", desk.desk_home, name="desk"),
    path("outbox/", outbox.outbox, name="outbox"),
]
