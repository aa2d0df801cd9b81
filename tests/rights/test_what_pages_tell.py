"""No page, list, answer or header names a story to somebody who may not read it."""

import pytest
from asking import COMPLETE, desk_addresses, everything, noun_addresses, story_addresses
from django.db import transaction
from staff import UNSEEN, inner, word
from table import (
    AUTOCOMPLETE,
    DESK_PAGES,
    may,
)

pytestmark = pytest.mark.django_db


# What a page tells


@pytest.mark.parametrize("role", ["no role", "contributor", "editor", "administrator"])
def test_no_page_names_a_story_that_its_reader_may_not_read(made, record_property, role):
    client, hidden, told, count = made.clients[role], _hidden_from(role, made), [], 0
    for what, response in _everything_shown(made, client, role):
        count += 1
        said = response.getvalue().decode(errors="replace") + str(response.headers)
        told += [f"{role}: {what} tells of {word}" for word in hidden if word in said]
    assert told == []
    record_property(f"pages read by one who may not know of {len(hidden)} words, 0 told ({role})", count)


def test_control_whoever_reads_all_finds_those_words(made):
    hidden, found = _hidden_from("editor", made), set()
    for _what, response in _lists_asked(made, made.clients["chief"], "chief"):
        found |= {word for word in hidden if word in response.getvalue().decode(errors="replace")}
    assert found == hidden


def _hidden_from(role, made):
    """The words of stories that the role may not read and no reader ever got (set of text)."""
    unread = [place for place in made.stories if not may(role, "read", *place)]
    return {inner(*place) for place in unread} | {word(*place) for place in unread if place[1] in UNSEEN}


def _everything_shown(made, client, role):
    for place in (("home", "draft"), ("own", "draft"), ("away", "draft"), ("away", "scheduled")):
        story = made.stories[place]
        for name, page, address in story_addresses(made, story):
            if page.get == 200:
                yield f"{name} of {place}", client.get(address)
        compared = f"/admin/articles/story/{story.pk}/compare/?from=1&to=now"
        yield compared, client.get(compared)
        for end in ("preflight", "presence"):
            with transaction.atomic():
                yield (
                    f"{end} of {place}",
                    client.post(f"/admin/articles/story/{story.pk}/{end}/", everything(made, story, story)),
                )
                transaction.set_rollback(True)
    yield from _lists_asked(made, client, role)


def _lists_asked(made, client, role):
    away = made.stories["away", "draft"]
    where = desk_addresses(made)
    addresses = [where(name) for name in DESK_PAGES if name not in ("site_at", "logout")]
    addresses += [address for _noun, _verb, _name, address in noun_addresses(made)]
    if role in made.users:
        addresses.append(f"/accounts/calendar/{made.users[role].preferences.calendar_key}.ics")
    questions = ["q=zhaway", "q=ziaway", "headline__startswith=zh", f"section__id__exact={away.section_id}", "e=1"]
    questions += ["o=1.-2.3", f"q={away.public_id}", "readers=scheduled", "due=today", "whose=mine", "whose=check"]
    questions += ["stage__exact=draft", "_facets=1", "due_at__year=2026&due_at__month=11&due_at__day=23", "_popup=1"]
    addresses += [f"/admin/articles/story/?{question}" for question in questions]
    addresses += [
        f"/admin/articles/story/calendar/?view={view}&{filters}"
        for view in ("month", "week", "agenda")
        for filters in ("date=2026-11-23", f"date=2026-11-23&section={away.section_id}", "stage=draft")
    ]
    addresses += [f"{COMPLETE}{model}&field_name={name}" for model, name in AUTOCOMPLETE]
    prefill = "&".join(f"{name}={away.pk}" for name in ("story", "related", "other", "translation_of", "id"))
    addresses += [f"/admin/articles/story/add/?{prefill}", "/admin/?e=1", "/accounts/2fa/", "/accounts/login/"]
    addresses += [f"/admin/articles/daynote/add/?{prefill}", f"/admin/articles/topic/add/?{prefill}"]
    for address in addresses:
        yield address, client.get(address, follow=True)
