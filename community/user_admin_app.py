from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """wagtail.users with our forms. In a separate module, so that Django finds a single AppConfig in community.apps."""

    user_viewset = "community.user_admin.PersonViewSet"
