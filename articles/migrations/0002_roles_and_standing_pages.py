"""The roles as groups, the two pages the law asks for, and the table of the shared cache."""

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.core.management import call_command
from django.db import migrations

READS = ["view_story", "view_section", "view_topic", "view_contributor", "view_picture"]
NOTES = ["add_note", "view_daynote"]
WRITES = [*READS, *NOTES, "add_story", "change_story", "add_picture"]
DAY_NOTES = ["add_daynote", "change_daynote", "delete_daynote"]
EDITS = [
    *WRITES,
    *DAY_NOTES,
    *("clear_story", "publish_story", "tag_story", "change_picture", "add_topic", "add_contributor", "change_contributor"),
    *("check_copy", "override_preflight", "share_story", "see_site_ahead"),
    *("view_front", "change_front", "launch_front"),
]
PAGES = ["view_page", "add_page", "change_page"]
SECTIONS = ["view_section", "add_section", "change_section"]
ASSIGNMENTS = [f"{verb}_sectionassignment" for verb in ("view", "add", "change", "delete")]
REDIRECTS = [*(f"{verb}_redirect" for verb in ("view", "add", "change", "delete")), "view_missingpage"]
TOPICS = ["view_topic", "add_topic", "change_topic"]

ROLES = {
    "contributor": WRITES,
    "editor": EDITS,
    "chief": [
        *EDITS,
        *("all_sections", "read_all_stories", "withdraw_story", "break_embargo", "change_topic", "delete_picture"),
        *("check_legal", "check_picture", "bypass_checks", "change_effect", "view_preflightlevel", "change_preflightlevel"),
        *PAGES,
        *SECTIONS,
        *REDIRECTS,
    ],
    "picture editor": [
        *READS,
        *NOTES,
        *("read_all_stories", "see_site_ahead", "add_picture", "change_picture", "delete_picture", "check_picture"),
    ],
    "topic librarian": [*READS, *NOTES, *TOPICS, "read_all_stories", "see_site_ahead", "tag_story"],
    "administrator": [
        *SECTIONS,
        *PAGES,
        *REDIRECTS,
        *ASSIGNMENTS,
        "change_effect",
        *("view_contributor", "change_contributor"),  # to tie an account to the name in bylines
        *("auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"),
    ],
}


def make_roles(apps, schema_editor):
    # Permissions are made after all migrations have run; the roles need theirs now.
    using = schema_editor.connection.alias
    for label in ("auth", "articles"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=using)
        config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.using(using)
    for role, names in ROLES.items():
        group, _made = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=role)
        for name in names:
            label, _dot, codename = name.rpartition(".")
            group.permissions.add(permission.get(content_type__app_label=label or "articles", codename=codename))


def make_pages(apps, schema_editor):
    german = settings.LANGUAGE_CODE == "de"
    titles = {"imprint": ("Impressum", "Imprint"), "privacy": ("Datenschutz", "Privacy")}
    for slug, (de, en) in titles.items():
        apps.get_model("articles", "Page").objects.using(schema_editor.connection.alias).get_or_create(
            slug=slug, defaults={"title": de if german else en, "language": settings.LANGUAGE_CODE}
        )


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_pages, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
