"""Who sees and does what: every surface of the desk against the policy."""

import pytest
from cast import HOUR, make_cleared, make_contributor, make_live, make_section, make_story, make_user
from desk_forms import act_url, change_url, chosen, fields, page_url
from django.utils import timezone

from articles import desk, press
from articles.admin.story.acts import ACTS
from articles.models import RelatedStory, Story
from articles.rules.policy import POLICY, can, scoped

SECRET = "GEHEIMSACHE"
ROLES = ("contributor", "editor", "chief", "picture editor", "topic librarian", "administrator")


@pytest.fixture
def foreign(db):
    """A draft in a section that an editor of `politik` does not edit."""
    return make_story(SECRET, section=make_section("wirtschaft"), topics=["Geheimthema"])


def surfaces(story):
    """Every page and answer of the desk that could show a story's headline."""
    related = RelatedStory._meta.model_name
    complete = "/admin/autocomplete/?app_label=articles&term=GEHEIM&model_name="
    return [
        "/admin/",
        "/admin/articles/story/",
        f"/admin/articles/story/?q={SECRET[:6]}",
        f"/admin/articles/story/?headline__startswith={SECRET[:3]}",
        change_url(story),
        page_url(story, "history"),
        page_url(story, "preview"),
        page_url(story, "delete"),
        *(act_url(story, name) for name in ACTS),
        f"/admin/articles/story/add/?translation_of={story.pk}&related={story.pk}",
        f"{complete}{related}&field_name=other",
        f"{complete}{related}&field_name=story",
        f"{complete}storytopic&field_name=content_object",
    ]


@pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
def test_a_story_out_of_scope_is_nowhere_to_be_seen(sign_in, foreign, role):
    client = sign_in(role, "politik")
    seen = [url for url in surfaces(foreign) if SECRET in client.get(url, follow=True).content.decode()]
    assert seen == []


def test_control_the_chief_sees_it(sign_in, foreign):
    client = sign_in("chief")
    seen = [url for url in surfaces(foreign) if SECRET in client.get(url).content.decode()]
    assert len(seen) > 8


def test_foreign_keys_out_of_scope_are_not_accepted(sign_in, foreign):
    editor = sign_in("editor", "politik")
    own = make_story()
    page = fields(editor.get(change_url(own)), "story_form")
    for forged in (
        {"related_rows-0-other": [str(foreign.pk)]},
        {"translation_of": [str(foreign.pk)]},
        {"section": [str(foreign.section_id)]},
    ):
        response = editor.post(change_url(own), page | forged)
        assert response.status_code == 200
        assert SECRET not in response.content.decode()
    own.refresh_from_db()
    assert (own.related.count(), own.section.path) == (0, "politik")
    assert own.translation_key != foreign.translation_key


def test_related_stories_out_of_scope_are_kept_but_not_shown(sign_in, foreign):
    own = make_story(related=[foreign])
    editor = sign_in("editor", "politik")
    page = editor.get(change_url(own))
    assert SECRET not in page.content.decode()
    editor.post(change_url(own), fields(page, "story_form") | {"headline": ["Neu"]})
    own.refresh_from_db()
    assert (own.headline, list(own.related.all())) == ("Neu", [foreign])


def test_bulk_acts_reach_only_what_is_in_scope(sign_in, foreign):
    desk.move(foreign, "submit", by=None)
    editor = sign_in("editor", "politik")
    data = chosen("clear", foreign, confirmed="yes", select_across="1")
    editor.post("/admin/articles/story/", data)
    foreign.refresh_from_db()
    assert foreign.stage == "submitted"


def test_a_reporter_writes_own_drafts_and_only_looks_on_once_they_are_submitted(sign_in):
    reporter = sign_in("contributor")
    own = make_story(by=reporter.user)
    assert (
        reporter.post(
            change_url(own), fields(reporter.get(change_url(own)), "story_form") | {"headline": ["Meins"]}
        ).status_code
        == 302
    )
    desk.move(own, "submit", by=reporter.user)
    page = reporter.get(change_url(own))
    assert page.status_code == 200
    assert 'name="headline"' not in page.content.decode()
    late = reporter.post(change_url(own), {"headline": "Doch noch", "body": "<p>Getippter Text.</p>"})
    assert late.status_code == 409
    assert ("Doch noch" in late.content.decode(), "Getippter Text." in late.content.decode()) == (True, True)
    assert reporter.get(act_url(own, "publish")).status_code == 403
    own.refresh_from_db()
    assert own.headline == "Meins"


def test_a_byline_makes_a_story_ones_own(sign_in):
    reporter = sign_in("contributor")
    person = make_contributor("Ria Reporter", user=reporter.user)
    story = make_story(bylines=[(person, "text")])
    assert reporter.get(change_url(story)).status_code == 200


def test_a_topic_librarian_changes_topics_and_nothing_else(sign_in):
    librarian = sign_in("topic librarian")
    story = make_story("Bleibt", topics=["Alt"])
    page = fields(librarian.get(change_url(story)), "story_form")
    assert "headline" not in page
    forged = page | {
        "topics": [],
        "new_topics": ["Neu"],
        "headline": ["Gekapert"],
        "body": ["<p>x</p>"],
        "section": ["1"],
    }
    assert librarian.post(change_url(story), forged).status_code == 302
    story.refresh_from_db()
    assert (story.headline, list(story.topics.names())) == ("Bleibt", ["Neu"])


def test_an_administrator_manages_people_but_makes_no_superuser(sign_in, django_user_model):
    admin = sign_in("administrator")
    boss = django_user_model.objects.create_superuser("boss", password="x" * 20)
    user = make_user("contributor")
    url = f"/admin/auth/user/{user.pk}/change/"
    page = fields(admin.get(url), "user_form")
    admin.post(url, page | {"is_superuser": ["on"], "user_permissions": ["1"], "first_name": ["Neu"]})
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser, user.user_permissions.count()) == ("Neu", False, 0)
    assert (
        admin.post(f"/admin/auth/user/{boss.pk}/password/", {"password1": "y" * 20, "password2": "y" * 20}).status_code
        == 403
    )
    assert admin.get("/admin/articles/story/").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_asking_about_one_story_and_about_all_gives_the_same_answer(db, role):
    user = make_user(role, "politik")
    person = make_contributor("Eigen", user=user)
    for section in ("politik", "politik/europa", "wirtschaft", "politikum"):
        for owner in (None, user):
            for finish in (lambda story: None, lambda story: desk.move(story, "submit", by=None)):
                finish(make_story(section=make_section(section), by=owner))
        make_story(section=make_section(section), bylines=[(person, "text")])
        assigned = make_story(section=make_section(section), assignee=user)
        desk.move(make_story(section=assigned.section, assignee=user), "submit", by=None)
    for verb in POLICY:
        one_by_one = {story.pk for story in Story.objects.all() if can(user, verb, story)}
        assert set(scoped(user, verb).values_list("pk", flat=True)) == one_by_one


# What each role may do to a story in a section it edits, in another one, and to its own draft.
WRITER = {"read", "create", "write", "submit", "note", "plan", "take_over", "ask_check"}
EDITOR = WRITER | {"tag", "clear", "spike", "publish", "check_copy", "override_preflight", "share", "report_live"}
EXPECTED = {
    "contributor": {"in": set(), "out": set(), "own": WRITER},
    "editor": {"in": EDITOR, "out": set(), "own": WRITER | {"tag"}},
    "chief": {"in": set(POLICY), "out": set(POLICY), "own": set(POLICY)},
    "picture editor": {where: {"read", "note", "check_picture"} for where in ("in", "out", "own")},
    "topic librarian": {where: {"read", "note", "tag"} for where in ("in", "out", "own")},
    "administrator": {"in": set(), "out": set(), "own": set()},
}


@pytest.mark.parametrize("role", ROLES)
def test_the_policy_is_what_the_roles_were_promised(db, role):
    user = make_user(role, "politik")
    stories = {
        "in": make_story(section=make_section("politik/europa")),
        "out": make_story(section=make_section("wirtschaft")),
        "own": make_story(section=make_section("wirtschaft"), by=user),
    }
    allowed = {where: {verb for verb in POLICY if can(user, verb, story)} for where, story in stories.items()}
    assert allowed == EXPECTED[role]


def test_nobody_without_an_account_or_switched_off_gets_in(client, sign_in, foreign):
    assert client.get("/admin/articles/story/").status_code == 302
    chief = sign_in("chief")
    chief.user.is_active = False
    chief.user.save()
    assert chief.get("/admin/articles/story/").status_code == 302


def test_a_right_that_was_taken_away_is_gone_with_the_next_request(sign_in):
    editor = sign_in("editor", "politik")
    story = make_cleared()
    assert editor.get(act_url(story, "publish")).status_code == 200
    editor.user.section_assignments.all().delete()
    assert editor.get(act_url(story, "publish")).status_code == 403


def test_an_editor_publishes_at_home_and_does_not_withdraw(sign_in):
    editor = sign_in("editor", "politik")
    home, away = make_live(section=make_section("politik/europa")), make_cleared(section=make_section("wirtschaft"))
    press.set_end(home, by=None, at=timezone.now() + HOUR)
    assert editor.get(act_url(home, "lift_end")).status_code == 200
    assert editor.get(act_url(home, "withdraw")).status_code == 403
    assert editor.get(act_url(away, "publish")).status_code == 403


@pytest.mark.parametrize(
    "lookup",
    [
        "section__stories__body__contains",
        "section__assignments__user__password__startswith",
        "stage__regex",
        "due_at__gt",
        "section__path",
        "created_by",
    ],
)
def test_the_list_answers_no_lookup_but_its_own_filters(sign_in, foreign, lookup):
    reporter = sign_in("contributor")
    make_story(by=reporter.user, section=foreign.section)
    assert reporter.get("/admin/articles/story/", {lookup: "G"}).status_code == 400
    admin = sign_in("administrator")
    assert admin.get("/admin/auth/user/?groups__user__contributor__name__startswith=A").status_code == 400
    assert sign_in("chief").get("/admin/articles/story/?stage__exact=draft&section__id__exact=1").status_code == 200


def test_no_address_of_an_edition_to_come_is_told(sign_in):
    from django.contrib.contenttypes.models import ContentType

    from articles.models import Edition

    story = make_cleared("Kanzler tritt zurück")
    press.schedule(story, by=None, at=timezone.now() + HOUR)
    kind = ContentType.objects.get_for_model(Edition)
    response = sign_in("administrator").get(f"/admin/r/{kind.pk}/{Edition.objects.get().pk}/")
    assert (response.status_code, "kanzler" in str(response.headers)) == (404, False)


def test_an_editor_puts_no_story_into_sections_of_others(sign_in):
    editor, own, sport = sign_in("editor", "politik"), make_story(), make_section("sport")
    page = fields(editor.get(change_url(own)), "story_form")
    assert editor.post(change_url(own), page | {"further_sections": [str(sport.pk)]}).status_code == 200
    desk.save(own, by=None, values={"further_sections": [sport]})
    editor.post(change_url(own), fields(editor.get(change_url(own)), "story_form") | {"headline": ["Neu"]})
    assert list(own.further_sections.all()) == [sport]
