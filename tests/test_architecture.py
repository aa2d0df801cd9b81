"""The rooms: imports go one way, readers' code never sees a Story, editions have one writer."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = ROOT / "articles"
# Low to high; a room may import from itself and from what stands before it. Faces in one group may not mix.
ROOMS = [
    {"vocabulary", "text"},
    {"models"},
    {"checks", "rules"},
    {"search"},
    {"outbox"},
    {"media"},
    {"press"},
    {"desk"},
    {"ingest"},
    {"templatetags"},
    {"views"},
    {"feeds", "api"},
    {"admin", "demo"},
    {"management", "apps", "migrations"},
]
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
_TAGS = ("newspaper", "pictures", "structured", "honesty", "live", "topics", "embeds")
READERS = ("views", "feeds", "api", "search", *(f"templatetags/{name}.py" for name in _TAGS))
DESK_WORDS = {"Story", "RelatedStory", "StoryTopic", "StoryPicture", "StoryEvent", "Byline", "ImportedItem"}
WRITES = {"create", "bulk_create", "update", "bulk_update", "save", "delete", "get_or_create", "update_or_create"}


def sources(*folders):
    """All Python files in these folders of the app, or these files."""
    for folder in folders or (".",):
        path = APP / folder
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports(path):
    """(room, imported names) of every import of our own app in a file (list)."""
    return list(imports_in(path.read_text("utf-8"), path.relative_to(ROOT).with_suffix("").parts))


def imports_in(text, place):
    """The same for the text of a module at `place` (tuple of package and module names)."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            base = place[: len(place) - node.level] if node.level else ()
            full = [*base, *(part for part in (node.module or "").split(".") if part)]
            names = [alias.name for alias in node.names]
            if full[0] == "newsroom":
                yield "newsroom", names
            elif full == ["articles"]:
                yield from ((name, []) for name in names)
            elif full[0] == "articles":
                yield full[1], names
        elif isinstance(node, ast.Import):
            own = [alias.name.split(".") for alias in node.names if alias.name.startswith("articles.")]
            yield from ((parts[1], []) for parts in own)


def test_every_room_has_its_place():
    found = {path.relative_to(APP).parts[0].removesuffix(".py") for path in sources()}
    assert found - {"__init__"} == set(LEVEL)


@pytest.mark.parametrize("room", sorted(LEVEL))
def test_imports_only_go_down(room):
    folder = room if (APP / room).is_dir() else f"{room}.py"
    up = [
        (path.name, other)
        for path in sources(folder)
        for other, _names in imports(path)
        if other != room and LEVEL.get(other, 99) >= LEVEL[room]
    ]
    assert up == []


def test_control_the_walk_sees_every_way_to_import():
    text = "from ..press import publish\nfrom .. import desk\nimport articles.views.story\nfrom .story import Story"
    seen = list(imports_in(text, ("articles", "models", "edition")))
    assert seen == [("press", ["publish"]), ("desk", []), ("views", []), ("models", ["Story"])]
    assert LEVEL["press"] > LEVEL["models"]


def test_nothing_on_the_readers_side_knows_a_story():
    seen = [
        (path.name, name)
        for path in sources(*READERS)
        for room, names in imports(path)
        for name in names
        if name in DESK_WORDS or room in ("desk", "press", "admin", "ingest")
    ]
    assert seen == []
    for path in sources(*READERS):
        assert "models.story" not in path.read_text("utf-8")


def test_no_readers_template_or_view_walks_from_an_edition_to_its_story():
    walks = re.compile(r"\b(?:edition|row\.edition|withdrawal|correction|other)\.story\b(?!_version)")
    texts = [*sources(*READERS), *(ROOT / "templates" / "site").rglob("*")]
    assert [path.name for path in texts if path.is_file() and walks.search(path.read_text("utf-8"))] == []


EDITIONS = {
    *("Edition", "EditionSection", "EditionTopic", "EditionContributor"),
    *("EditionPicture", "SectionPicture", "FrontEdition", "LiveEntry"),
}


def edition_writes(text):
    """Calls that write, at the end of a chain that begins with one of the edition models (list of method names)."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        root = node.func
        while isinstance(root, ast.Attribute | ast.Call):
            root = root.func if isinstance(root, ast.Call) else root.value
        if isinstance(root, ast.Name) and (root.id in EDITIONS or root.id in ("edition", "listing")):
            found.append(node.func.attr)
    return found


def test_only_the_press_writes_editions():
    rooms = {path.relative_to(APP).parts[0] for path in sources() if edition_writes(path.read_text("utf-8"))}
    assert rooms == {"press"}


def test_control_the_walk_sees_every_way_to_write_an_edition():
    text = "Edition.objects.filter(pk=1).update(live_until=now())\nedition.save()\nEditionTopic.objects.bulk_create(x)"
    assert edition_writes(text) == ["update", "save", "bulk_create"]
    assert edition_writes("Edition.objects.live().count()\nstory.save()") == []


def test_one_place_decides_what_is_live():
    # Other places may ask about the future (what is scheduled); who may see what now is only asked through live().
    allowed = {"models/timeline.py", "models/edition.py", "models/promises.py", "models/correction.py"}
    allowed |= {"models/live_entry.py"}
    allowed |= {"press/timeline.py", "press/archive.py", "press/compose.py", "models/story.py", "admin/story/list.py"}
    allowed |= {"press/rights.py"}  # what is over is never changed
    allowed |= {"models/front.py"}  # constraints
    filters = re.compile(r"live_(?:from__lte|until__(?:gt|isnull))")
    found = {str(path.relative_to(APP)) for path in sources() if filters.search(path.read_text("utf-8"))}
    assert {name for name in found if not name.startswith("migrations/")} <= allowed


@pytest.mark.parametrize("banned", ["get_next_by_", "get_previous_by_", "_base_manager", ".raw(", "cache_page"])
def test_ways_around_the_gate_are_not_used(banned):
    assert [path.name for path in sources() if banned in path.read_text("utf-8")] == []


def test_safe_strings_are_made_in_few_places():
    makers = {
        str(path.relative_to(APP))
        for path in sources()
        if re.search(r"mark_safe\(|SafeString\(", path.read_text("utf-8"))
    }
    assert makers == {
        *(f"templatetags/{name}.py" for name in ("newspaper", "pictures", "structured", "live", "topics")),
        *("feeds/items.py", "admin/story/admin.py"),
    }


def test_templates_have_no_inline_script_or_style():
    inline = re.compile(
        r"<style|\sstyle=\"|\son(?:click|change|submit|load|error)=|<script(?![^>]*\bsrc=)", re.IGNORECASE
    )
    assert [str(path) for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text("utf-8"))] == []
