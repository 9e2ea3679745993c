from django.urls import path

from . import profile_views as profile
from .belonging import colleague_views as colleagues
from .belonging import invitation_views as invitations

urlpatterns = [
    path("invitations/", invitations.join, name="join"),
    path("invitations/<str:token>/", invitations.open_invitation, name="invitation"),
    path("schools/<slug:slug>/leave/", colleagues.leave_school, name="leave_school"),
    path("schools/<slug:slug>/colleagues/", colleagues.colleagues, name="colleagues"),
    path("schools/<slug:slug>/colleagues/<int:pk>/remove/", colleagues.remove_colleague, name="remove_colleague"),
    path("schools/<slug:slug>/colleagues/<int:pk>/role/", colleagues.change_role, name="change_role"),
    path(
        "schools/<slug:slug>/invitations/<int:pk>/withdraw/",
        colleagues.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("profile/", profile.profile, name="profile"),
    path("second-factor/", profile.second_factor, name="second_factor"),
]
