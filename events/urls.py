from django.urls import path

from . import views
from .after import views as after
from .calendar import views as calendar
from .joining import views as joining
from .organisers import views as organisers
from .proposing import views as proposing
from .seats import views as seats

urlpatterns = [
    path("events/", views.index, name="events"),
    path("events/propose/", proposing.new, name="event_propose"),
    path("events/proposals/<int:pk>/", proposing.detail, name="event_proposal"),
    path("events/<str:slug>/", views.detail, name="event"),
    path("events/<str:slug>/register/", seats.register_view, name="event_register"),
    path("events/<str:slug>/cancel/", seats.cancel_view, name="event_cancel"),
    path("events/<str:slug>/feedback/", after.feedback, name="event_feedback"),
    path("events/<str:slug>/materials/<int:pk>/", after.material, name="event_material"),
    path("events/<str:slug>/organise/", organisers.registrations, name="event_organise_registrations"),
    path("events/<str:slug>/organise/<int:pk>/give/", organisers.give, name="event_organise_give"),
    path("events/<str:slug>/organise/attendance/", organisers.attendance, name="event_organise_attendance"),
    path("events/<str:slug>/organise/attendance/import/", organisers.attendance_import, name="event_attendance_import"),
    path("events/<str:slug>/organise/attendance/<int:pk>/", organisers.attendance_line, name="event_attendance_line"),
    path("events/<str:slug>/organise/message/", organisers.message, name="event_organise_message"),
    path("events/<str:slug>/organise/materials/", organisers.materials, name="event_organise_materials"),
    path("events/<str:slug>/organise/materials/<int:pk>/", organisers.material, name="event_organise_material"),
    path("events/<str:slug>/organise/guests/", organisers.guests, name="event_organise_guests"),
    path("events/<str:slug>/organise/guests/<int:pk>/", organisers.guest_withdraw, name="event_guest_withdraw"),
    path("events/<str:slug>/organise/figures/", organisers.figures, name="event_organise_figures"),
    path("events/<str:slug>/organise/figures.xlsx", organisers.figures_file, name="event_figures_file"),
    path("events/<str:slug>/event.ics", calendar.event_file, name="event_ics"),
    path("calendar/", calendar.feed_settings, name="event_feed_settings"),
    path("calendar/renew/", calendar.feed_renew, name="event_feed_renew"),
    path("calendar/close/", calendar.feed_revoke, name="event_feed_revoke"),
    path("calendar/<str:token>.ics", calendar.feed, name="event_feed"),
    path("events/<str:slug>/accept/", seats.accept_view, name="event_accept"),
    path("events/<str:slug>/decline/", seats.decline_view, name="event_decline"),
    path("events/<str:slug>/answers/", seats.answers_view, name="event_answers"),
    path("events/<str:slug>/join/", joining.foyer, name="event_join"),
    path("events/<str:slug>/join/call/", joining.go, name="event_enter"),
    path("events/<str:slug>/guest/<str:token>/", joining.guest_foyer, name="event_guest"),
    path("events/<str:slug>/guest/<str:token>/call/", joining.guest_go, name="event_guest_enter"),
]
