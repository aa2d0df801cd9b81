"""Every address, in the order in which it is tried; DESIGN's section on addresses as code."""

from django.contrib import admin
from django.urls import include, path, re_path, register_converter

from articles.admin.planning import site_at
from articles.admin.sharing import outside as shared_preview
from articles.feeds import views as feeds
from articles.views import health, home, lists, media, search, sitemaps, standing, story

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
    path(".well-known/security.txt", standing.security_txt, name="security_txt"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    re_path(r"^sitemap-(?P<name>sections|[0-9]{4}-[0-9]{2}-[1-3])\.xml$", sitemaps.sitemap, name="sitemap"),
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
    path("", home.home, name="home"),
    path("<feed:name>", feeds.site_feed, name="site_feed"),
    path("search/", search.search, name="search"),
    path("search/suggest", search.suggest, name="search_suggest"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("latest/", lists.latest, name="latest"),
    path("corrections/", lists.corrections, name="corrections"),
    path("archive/<yyyy:year>/<nn:month>/<nn:day>/", lists.archive, name="archive"),
    path("pages/<slug:slug>/", standing.standing_page, name="page"),
    path("topic/<slug:slug>/", lists.topic, name="topic"),
    path("topic/<slug:slug>/<feed:name>", feeds.topic_feed, name="topic_feed"),
    path("by/<slug:slug>/", lists.contributor, name="contributor"),
    path("by/<slug:slug>/<feed:name>", feeds.contributor_feed, name="contributor_feed"),
    path("<section:section_path>/<slug:slug>-<public_id:public_id>/", story.story, name="story"),
    path("<section:section_path>/", lists.section, name="section"),
    path("<section:section_path>/<feed:name>", feeds.section_feed, name="section_feed"),
]

handler400 = "articles.views.standing.bad_request"
handler404 = "articles.views.standing.not_found"
handler500 = "articles.views.standing.server_error"
