"""Every address, in the order in which it is tried; DESIGN's section on addresses as code."""

from django.contrib import admin
from django.urls import include, path, re_path, register_converter

from articles.admin.planning import site_at
from articles.admin.sharing import outside as shared_preview
from articles.api import interface as api
from articles.feeds import views as feeds
from articles.feeds.corrections import corrections_feed
from articles.views import (
    archive,
    corrections,
    health,
    history,
    home,
    lists,
    live,
    media,
    policies,
    replies,
    search,
    sitemaps,
    standing,
    story,
)

from . import addresses

register_converter(addresses.SectionPath, "section")
register_converter(addresses.PublicId, "public_id")
register_converter(addresses.FeedName, "feed")
register_converter(addresses.Year, "yyyy")
register_converter(addresses.TwoDigits, "nn")

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", standing.favicon, name="favicon"),
    path("robots.txt", standing.robots, name="robots"),
    path(".well-known/tdmrep.json", standing.tdm_reservation, name="tdm_reservation"),
    path(".well-known/security.txt", standing.security_txt, name="security_txt"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    re_path(rf"^sitemap-(?P<name>{addresses.SITEMAP})\.xml$", sitemaps.sitemap, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news_sitemap, name="news_sitemap"),
    re_path(
        r"^media/(?P<key>[0-9a-z]{26})/(?P<name>[0-9a-z]{1,8}-\d{1,4}\.(?:avif|webp|jpg))$",
        media.picture,
        name="picture",
    ),
    re_path(
        r"^preview/(?P<ticket>[^/]+)/(?P<key>[0-9a-z]{26})/(?P<name>[0-9a-z]{1,8}-\d{1,4}\.(?:avif|webp|jpg))$",
        shared_preview.picture,
        name="preview_picture",
    ),
    path("preview/<str:token>/", shared_preview.preview, name="preview"),
    re_path(r"^admin/at/(?P<when>[0-9]{8}T[0-9]{6}Z)/(?P<path>.*)$", site_at.view, name="site_at"),
    path("admin/", admin.site.urls),
    path("accounts/", include("newsroom.account_urls")),
    path("api/v1/", api.urls),
    re_path(r"^api/", api.unknown, name="api_unknown"),
    path("", home.home, name="home"),
    path("<feed:name>", feeds.site_feed, name="site_feed"),
    path("search/", search.search, name="search"),
    path("search/suggest", search.suggest, name="search_suggest"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("latest/", lists.latest, name="latest"),
    path("latest/<slug:language>/<feed:name>", feeds.language_feed, name="language_feed"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<feed:name>", corrections_feed, name="corrections_feed"),
    path("replies/", replies.replies, name="replies"),
    path("replies/<public_id:public_id>/", replies.reply, name="reply"),
    path("archive/", archive.years, name="archive_years"),
    path("archive/<yyyy:year>/", archive.year, name="archive_year"),
    path("archive/<yyyy:year>/<nn:month>/", archive.month, name="archive_month"),
    path("archive/<yyyy:year>/<nn:month>/<nn:day>/", archive.day, name="archive"),
    path("pages/", policies.policies, name="policies"),
    path("pages/<slug:slug>/", standing.standing_page, name="page"),
    path("topic/<slug:slug>/", lists.topic, name="topic"),
    path("topic/<slug:slug>/<feed:name>", feeds.topic_feed, name="topic_feed"),
    path("by/<slug:slug>/", lists.contributor, name="contributor"),
    path("by/<slug:slug>/<feed:name>", feeds.contributor_feed, name="contributor_feed"),
    path("<section:section_path>/<slug:slug>-<public_id:public_id>/", story.story, name="story"),
    path("<section:section_path>/<slug:slug>-<public_id:public_id>/print/", story.on_paper, name="story_print"),
    path("<section:section_path>/<slug:slug>-<public_id:public_id>/changes/", history.changes, name="story_changes"),
    path("<section:section_path>/<slug:slug>-<public_id:public_id>/live/", live.entries, name="live"),
    path("<section:section_path>/", lists.section, name="section"),
    path("<section:section_path>/<feed:name>", feeds.section_feed, name="section_feed"),
]

handler400 = "articles.api.refusing.bad_request"
handler404 = "articles.views.missing.not_found"
handler500 = "articles.api.refusing.server_error"
