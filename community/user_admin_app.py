from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """wagtail.users with our forms; in a module of its own, so that Django finds one AppConfig in community.apps."""

    user_viewset = "community.user_admin.PersonViewSet"
