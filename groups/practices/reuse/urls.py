from django.urls import path

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
    path("<int:pk>/tries/<int:report>/hide/", views.adoption_hide, name="adoption_hide"),
    path("<int:pk>/tries/<int:report>/restore/", views.adoption_restore, name="adoption_restore"),
]
