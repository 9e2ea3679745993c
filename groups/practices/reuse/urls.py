from django.urls import path

from moderation.hiding.views import hide_page, restore_page

from . import views

urlpatterns = [
    path("impact/", views.impact_overview, name="impact_overview"),
    path("<int:pk>/impact/", views.practice_impact, name="practice_impact"),
    path("<int:pk>/adapt/", views.practice_adapt, name="practice_adapt"),
    path("<int:pk>/family/", views.practice_family, name="practice_family"),
    path("<int:pk>/read/", views.practice_read, name="practice_read"),
    path("<int:pk>/tried/", views.adoption_report, name="adoption_report"),
    path("<int:pk>/tries/", views.adoption_list, name="adoption_list"),
    path("<int:pk>/tries/<int:report>/take-back/", views.adoption_withdraw, name="adoption_withdraw"),
    path("<int:practice>/tries/<int:pk>/hide/", hide_page, {"kind": "try"}, name="adoption_hide"),
    path("<int:practice>/tries/<int:pk>/restore/", restore_page, {"kind": "try"}, name="adoption_restore"),
]
