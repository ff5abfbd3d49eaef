"""Addresses of visits: on the owner's side, and the inspector's list and form."""

from django.urls import path

from frontend.views import inspection, inspection_officer

urlpatterns = [
    path("requests/<str:tracking>/inspection/", inspection.visit, name="inspection"),
    path("requests/<str:tracking>/inspection/book/", inspection.book, name="inspection_book"),
    path("requests/<str:tracking>/inspection/move/", inspection.move, name="inspection_move"),
    path("requests/<str:tracking>/inspection/cancel/", inspection.cancel, name="inspection_cancel"),
    path("requests/<str:tracking>/inspection/visit.ics", inspection.calendar, name="inspection_calendar"),
    path("officer/inspections/", inspection_officer.visits, name="officer_inspections"),
    path("officer/inspections/<int:pk>/", inspection_officer.visit, name="officer_inspection"),
]
