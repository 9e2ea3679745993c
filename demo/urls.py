from django.urls import path

from .sign_in import sign_in_as

urlpatterns = [path("demo/sign-in/<slug:persona>/", sign_in_as, name="demo_sign_in")]
