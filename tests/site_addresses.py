"""Every address of the site, classified: what tests of readers' pages go through.

A URL pattern that is not named here fails `test_every_address_is_classified`.
"""

from django.urls import URLResolver, get_resolver
from django.utils import timezone

from articles.models import Edition, Page, Section
from articles.views.paging import write_cursor

STAFF = (
    *("admin", "site_at", "account_calendar"),
    *("account_login", "account_logout", "account_reauthenticate", "account_change_password"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
)
NOT_ABOUT_STORIES = ("livez", "readyz")
# For people outside who hold a link; never linked, never kept, never found by anybody who was not given it.
BY_INVITATION = ("preview", "preview_picture")


def names_of_all_patterns(resolver=None):
    """The name of every URL pattern of the project; an included set counts by its namespace."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            names |= {pattern.namespace} if pattern.namespace else names_of_all_patterns(pattern)
        else:
            names.add(pattern.name)
    return names


def public_addresses():
    """For each public pattern by name: concrete addresses, from what readers can see now (dict of lists)."""
    live = list(Edition.objects.live().newest_first().select_related("section"))
    sections = [section.path for section in Section.objects.all()]
    topics = sorted({topic["slug"] for edition in live for topic in edition.topics})
    people = sorted({line["slug"] for edition in live for line in edition.bylines if line["slug"]})
    keys = sorted({edition.picture["key"] for edition in live if edition.picture})
    days = sorted({f"{timezone.localtime(edition.published_at):%Y/%m/%d}" for edition in live})
    deep = write_cursor(live[len(live) // 2])
    return {
        "home": ["/"],
        "site_feed": ["/feed.xml", "/atom.xml"],
        "latest": ["/latest/", f"/latest/?before={deep}", "/latest/?before=nonsense"],
        "corrections": ["/corrections/"],
        "archive": [f"/archive/{day}/" for day in days] + ["/archive/2031/01/01/", "/archive/2026/02/31/"],
        "page": [page.get_absolute_url() for page in Page.objects.all()],
        "topic": [f"/topic/{slug}/" for slug in topics] + ["/topic/no-such-topic/"],
        "topic_feed": [f"/topic/{slug}/{name}" for slug in topics for name in ("feed.xml", "atom.xml")],
        "contributor": [f"/by/{slug}/" for slug in people] + ["/by/nobody/"],
        "contributor_feed": [f"/by/{slug}/feed.xml" for slug in people],
        "story": [edition.get_absolute_url() for edition in live[::5]] + ["/politik/no-such-story-0000000000/"],
        "section": [f"/{path}/" for path in sections] + [f"/{sections[0]}/?before={deep}", "/no-such-section/"],
        "section_feed": [f"/{path}/{name}" for path in sections for name in ("feed.xml", "atom.xml")],
        "search": [
            *(
                "/search/",
                "/search/?q=Meldung",
                "/search/?q=der+Satz&sort=date&page=2",
                "/search/?q=Meldung&topic=hafen",
            ),
            *("/search/?q=Hafen&section=politik", "/search/?q=geheim", "/search/?q=Meldung+-Hafen&kind=news"),
            *("/search/?q=%22der+erste+Satz%22", "/search/?q=Satz&topic=geheimthema", "/search/?q=Meldnug&language=de"),
        ],
        "search_suggest": [f"/search/suggest?q={text}" for text in ("me", "haf", "gehe", "ada", "meldung+num")],
        "opensearch": ["/opensearch.xml"],
        "sitemap_index": ["/sitemap.xml"],
        "sitemap": [
            "/sitemap-sections.xml",
            "/sitemap-2026-11-3.xml",
            "/sitemap-2026-10-1.xml",
            "/sitemap-2026-11-2.xml",
        ],
        "news_sitemap": ["/news-sitemap.xml"],
        "picture": [f"/media/{key}/{crop}" for key in keys for crop in ("3x2-320.webp", "16x9-640.jpg", "3x2-9.webp")],
        "robots": ["/robots.txt"],
        "favicon": ["/favicon.ico"],
        "security_txt": ["/.well-known/security.txt"],
    }
