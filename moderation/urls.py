from django.urls import path

from .reports.views import report_new

urlpatterns = [
    path("reports/<slug:kind>/<int:pk>/new/", report_new, name="report_new"),
]
