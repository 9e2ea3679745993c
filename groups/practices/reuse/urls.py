from django.urls import path

from . import views

urlpatterns = [
    path("impact/", views.impact_overview, name="impact_overview"),
    path("<int:pk>/impact/", views.practice_impact, name="practice_impact"),
    path("<int:pk>/adapt/", views.practice_adapt, name="practice_adapt"),
    path("<int:pk>/family/", views.practice_family, name="practice_family"),
    path("<int:pk>/read/", views.practice_read, name="practice_read"),
    path("<int:pk>/tried/", views.practice_tried, name="practice_tried"),
    path("<int:pk>/tries/", views.practice_tries, name="practice_tries"),
    path("<int:pk>/tries/<int:report>/take-back/", views.try_take_back, name="try_take_back"),
    path("<int:pk>/tries/<int:report>/hide/", views.try_hide, name="try_hide"),
    path("<int:pk>/tries/<int:report>/restore/", views.try_restore, name="try_restore"),
]
