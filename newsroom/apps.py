"""Our admin site in place of Django's default one."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """`django.contrib.admin` with `newsroom.desk_site.DeskSite` as its site."""

    default_site = "newsroom.desk_site.DeskSite"
