"""Every address of the site, classified: what tests of readers' pages go through.

A URL pattern that is not named here fails `test_every_address_is_classified`.
"""

from django.urls import URLResolver, get_resolver
from django.utils import timezone

from articles.models import Edition, Page, Reply, Section
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
    """The name of every URL pattern of the project (`api:story`); the admin's own set counts as one."""
    names = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inside = names_of_all_patterns(pattern) if pattern.namespace != "admin" else {"admin"}
            names |= {f"api:{name}" for name in inside} if pattern.namespace == "api" else inside
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
        "site_feed": ["/feed.xml", "/atom.xml", "/feed.json"],
        "language_feed": ["/latest/de/feed.xml", "/latest/en/atom.xml", "/latest/de/feed.json", "/latest/fr/feed.xml"],
        "latest": ["/latest/", f"/latest/?before={deep}", "/latest/?before=nonsense"],
        "corrections": ["/corrections/", "/corrections/?kind=retraction", "/corrections/?kind=nonsense"],
        "corrections_feed": ["/corrections/feed.xml", "/corrections/atom.xml", "/corrections/feed.json"],
        "replies": ["/replies/"],
        "reply": [each.get_absolute_url() for each in Reply.objects.live()] + ["/replies/0000000000/"],
        "policies": ["/pages/"],
        "story_changes": [f"{edition.get_absolute_url()}changes/" for edition in live if edition.number > 1]
        + [f"{live[0].get_absolute_url()}changes/", "/politik/no-such-story-0000000000/changes/"],
        "archive_years": ["/archive/"],
        "archive_year": [*sorted({f"/archive/{day[:4]}/" for day in days}), "/archive/2031/"],
        "archive_month": [*sorted({f"/archive/{day[:7]}/" for day in days}), "/archive/2031/01/", "/archive/2026/13/"],
        "archive": [f"/archive/{day}/" for day in days] + ["/archive/2031/01/01/", "/archive/2026/02/31/"],
        "page": [page.get_absolute_url() for page in Page.objects.all()],
        "topic": [f"/topic/{slug}/" for slug in topics] + ["/topic/no-such-topic/"],
        "topic_feed": [f"/topic/{slug}/{name}" for slug in topics for name in ("feed.xml", "atom.xml", "feed.json")],
        "contributor": [f"/by/{slug}/" for slug in people] + ["/by/nobody/"],
        "contributor_feed": [f"/by/{slug}/{name}" for slug in people for name in ("feed.xml", "feed.json")],
        "story": [edition.get_absolute_url() for edition in live[::5]] + ["/politik/no-such-story-0000000000/"],
        "live": [
            f"{edition.get_absolute_url()}live/" for edition in live if edition.kind == "live" or edition == live[0]
        ],
        "section": [f"/{path}/" for path in sections] + [f"/{sections[0]}/?before={deep}", "/no-such-section/"],
        "section_feed": [f"/{path}/{name}" for path in sections for name in ("feed.xml", "atom.xml", "feed.json")],
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
            *("/sitemap-sections.xml", "/sitemap-topics-0.xml", "/sitemap-contributors-0.xml"),
            *("/sitemap-2026-11.xml", "/sitemap-2026-11-21.xml", "/sitemap-2026-11-22-4.xml", "/sitemap-2026-10.xml"),
        ],
        "news_sitemap": ["/news-sitemap.xml"],
        "picture": [f"/media/{key}/{crop}" for key in keys for crop in ("3x2-320.webp", "16x9-640.jpg", "3x2-9.webp")],
        "robots": ["/robots.txt"],
        "favicon": ["/favicon.ico"],
        "tdm_reservation": ["/.well-known/tdmrep.json"],
        "security_txt": ["/.well-known/security.txt"],
        **_addresses_of_the_api(live, sections, topics, people, deep),
    }


def _addresses_of_the_api(live, sections, topics, people, deep):
    stories, ids = "/api/v1/stories/", [edition.public_id for edition in live[::6]]
    lists = ["", f"limit=3&before={deep}", "kind=opinion", "language=en&limit=1", "before=nonsense", "fields=id,secret"]
    lists += [f"section={sections[0]}&body=both&renditions=all", "from=2026-11-22&to=2026-11-23", "topic=geheimthema"]
    lists += [f"topic={slug}&section={sections[-1]}&kind=news&limit=2" for slug in topics[:2]]
    lists += [f"contributor={slug}&topic={topics[0]}&limit=5" for slug in [*people, "geheim"]]
    return {
        "story_print": [f"{edition.get_absolute_url()}print/" for edition in live[::9]] + [f"/x/wrong-{ids[0]}/print/"],
        "api:index": ["/api/v1/"],
        "api:description": ["/api/v1/openapi.json"],
        "api:stories": [f"{stories}?{query}" for query in lists],
        "api:story": [f"{stories}{each}/" for each in [*ids, "0000000000"]] + [f"{stories}{ids[0]}/?fields=related"],
        "api:story_ninjs": [f"{stories}{each}/ninjs/" for each in [*ids, "0000000000"]],
        "api:ninjs_list": ["/api/v1/ninjs/", f"/api/v1/ninjs/?body=html&before={deep}&limit=2&kind=news"],
        "api:sections": ["/api/v1/sections/"],
        "api:section": [f"/api/v1/sections/{path}/" for path in [*sections, "no-such-section"]],
        "api:topic": [f"/api/v1/topics/{slug}/" for slug in [*topics, "geheimthema"]],
        "api:contributor": [f"/api/v1/contributors/{slug}/" for slug in [*people, "geheim", "nobody"]],
        "api:corrections": [
            "/api/v1/corrections/",
            f"/api/v1/corrections/?before={deep}",
            "/api/v1/corrections/?limit=1",
        ],
        "api_unknown": ["/api/v1/nothing/", "/api/"],
    }
