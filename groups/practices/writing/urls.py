from django.urls import path

from . import autosave, co_author_views, conflict_views, import_views, uploads, views

urlpatterns = [
    path("new/", views.practice_new, name="practice_new"),
    path("new/autosave/", autosave.practice_autosave_new, name="practice_autosave_new"),
    path("new/from-word/", import_views.practice_import, name="practice_import"),
    path("new/upload/<slug:kind>/", uploads.practice_upload, name="practice_upload"),
    path("co-authors/<int:pk>/accept/", co_author_views.co_author_accept, name="co_author_accept"),
    path("co-authors/<int:pk>/decline/", co_author_views.co_author_decline, name="co_author_decline"),
    path("co-authors/<int:pk>/leave/", co_author_views.co_author_leave, name="co_author_leave"),
    path("co-authors/<int:pk>/remove/", co_author_views.co_author_remove, name="co_author_remove"),
    path("<int:pk>/edit/", views.practice_edit, name="practice_edit"),
    path("<int:pk>/edit/autosave/", autosave.practice_autosave, name="practice_autosave"),
    path("<int:pk>/edit/co-authors/", co_author_views.practice_co_authors, name="practice_co_authors"),
    path("<int:pk>/edit/imported/", import_views.practice_imported, name="practice_imported"),
    path("<int:pk>/edit/take-over/", views.practice_take_over, name="practice_take_over"),
    path("<int:pk>/edit/words/<int:words>/", conflict_views.conflict_copy, name="conflict_copy"),
    path("<int:pk>/edit/words/<int:words>/gone/", conflict_views.conflict_copy_discard, name="conflict_copy_discard"),
    path("<int:pk>/edit/<slug:step>/", views.practice_edit, name="practice_step"),
    path("<int:pk>/submit/", views.practice_submit, name="practice_submit"),
    path("<int:pk>/withdraw/", views.practice_withdraw, name="practice_withdraw"),
]
