"""Lets checkers that nobody here wrote judge the site as readers get it: serve it with `make demo`, then call this.

    python bench/outside.py http://127.0.0.1:8000

- every internal link, from the front page on, answers 200;
- the Nu HTML checker finds no error in any page (`vnu` on the PATH, or its vnu.jar named by VNU_JAR, with Java);
- Lighthouse gives 100 in each category to the front page, a section and a story, on a phone and on a desk (the median
  of `--runs`; `lighthouse` on the PATH, and a Chromium or Chrome);
- what pages of each kind weigh in a browser without their pictures, with their style sheets, scripts, cookies, and
  requests to other sites (Playwright, of the test requirements, and the same Chromium).

A checker that is not installed is left out with a line that says so. Exits with 1 where one found something.
"""

# ruff: noqa: S603 (the checkers are called with addresses of the site that was named)

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from asking import machine, say, set_up

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
MOST_BYTES, MOST_SCRIPT = 40_000, 10_000  # a page compressed, without pictures; its scripts
ATTEMPTS = 3  # Lighthouse loses a run now and then
PRESETS = {"phone": [], "desk": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LOCAL = "--skip-audits=is-on-https,redirects-http,uses-http2"  # what a server on this machine cannot have


def main():
    """Walk the site, ask each checker, say what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", help="address of the running site, as http://127.0.0.1:8000")
    parser.add_argument("--runs", type=int, default=1, help="how often Lighthouse loads each page; the median counts")
    options = parser.parse_args()
    site = options.site.rstrip("/")
    set_up()
    from walk import pages_by_kind, walk

    say(machine())
    try:
        seen = walk(_asking(site), site)
    except (AssertionError, OSError) as fault:
        sys.exit(f"links: {fault}")
    kinds = pages_by_kind(seen)
    pages = [path for paths in kinds.values() for path in paths]
    say(f"links: {len(seen)} addresses, {len(pages)} of them pages of {len(kinds)} kinds; all answer 200")
    examples = {name: paths[0] for name, paths in kinds.items()}
    shown = [examples[name] for name in ("home", "section", "story")]
    faults = [html(seen, pages), weight(site, examples), lighthouse(site, shown, runs=options.runs)]
    sys.exit(1 if any(faults) else 0)


def _asking(site):
    place = urlsplit(site)

    def get(path):
        connection = HTTPConnection(place.netloc, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        body, kind = answer.read(), answer.headers.get("Content-Type", "")
        connection.close()
        return answer.status, kind, body.decode() if kind.startswith("text/html") else ""

    return get


def html(seen, pages):
    """How many errors the Nu HTML checker finds in `pages` (list of paths) as they were `seen`."""
    jar = os.environ.get("VNU_JAR")
    command = ["java", "-jar", jar] if jar and shutil.which("java") else [shutil.which("vnu")]
    if not command[0]:
        say("html: left out, neither `vnu` on the PATH nor VNU_JAR with Java")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        files = {Path(folder, f"{number}.html"): path for number, path in enumerate(pages)}
        for file, path in files.items():
            file.write_text(seen[path][2], "utf-8")
        said = subprocess.run([*command, "--format", "json", folder], capture_output=True, text=True, check=False)
    paths = {file.name: path for file, path in files.items()}
    found = json.loads(said.stderr)["messages"]
    errors = [each for each in found if each["type"] != "info"]
    for each in errors[:20]:
        where = paths.get(each.get("url", "").rpartition("/")[2], each.get("url"))
        say(f"  {where}, line {each.get('lastLine')}: {each['message']}")
    warnings = [each for each in found if each.get("subType") == "warning"]
    say(f"html: {len(pages)} pages, {len(errors)} errors, {len(warnings)} warnings")
    return len(errors)


def weight(site, examples):
    """How many pages, one of each kind (name -> path), weigh, keep or ask for more than they may."""
    program = _browser()
    if not program:
        say("weight: left out, no Chromium or Chrome on the PATH")
        return 0
    from playwright.sync_api import sync_playwright

    rows = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, path in examples.items():
            context = browser.new_context()
            rows[name] = _loaded(context.new_page(), site, path) | {"cookies": len(context.cookies())}
            context.close()
        browser.close()
    say(f"{'weight (bytes as sent)':24}{'without pictures':>18}{'css files':>11}{'js':>8}{'cookies':>9}{'others':>8}")
    for name, row in rows.items():
        say(f"{name:24}{row['bytes']:18}{row['css']:11}{row['js']:8}{row['cookies']:9}{row['others']:8}")
    return sum(
        row["bytes"] > MOST_BYTES or row["css"] != 1 or row["js"] > MOST_SCRIPT or row["cookies"] + row["others"] > 0
        for row in rows.values()
    )


def _loaded(page, site, path):
    """What came over the wire for one page, asked of the browser's own instruments."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds, sizes, others = {}, {}, []
    wire.on("Network.requestWillBeSent", lambda said: others.append(said["request"]["url"]))
    wire.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["type"]}))
    wire.on("Network.loadingFinished", lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}))
    page.goto(site + path, wait_until="networkidle")
    by_kind = {kind: [sizes.get(key, 0) for key, each in kinds.items() if each == kind] for kind in kinds.values()}
    return {
        "bytes": int(sum(sum(all_of) for kind, all_of in by_kind.items() if kind != "Image")),
        "css": len(by_kind.get("Stylesheet", ())),
        "js": int(sum(by_kind.get("Script", ()))),
        "others": sum(not url.startswith((site, "data:")) for url in others),
    }


def lighthouse(site, pages, *, runs):
    """How many of `pages` (list of paths) have less than 100 in a category of Lighthouse."""
    program, chromium = shutil.which("lighthouse"), _browser()
    if not program or not chromium:
        say("lighthouse: left out, not on the PATH, or no Chromium")
        return 0
    short = 0
    for path in pages:
        for preset, flags in PRESETS.items():
            scores = [_scores(program, chromium, site + path, flags) for _run in range(runs)]
            middle = sorted(scores, key=lambda each: each["performance"])[len(scores) // 2]
            say(f"lighthouse: {path} on a {preset}: " + " ".join(f"{name} {middle[name]}" for name in CATEGORIES))
            short += any(middle[name] < 100 for name in CATEGORIES)
    return short


def _scores(program, chromium, url, flags):
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [program, url, LOCAL, *flags, "--quiet", "--output=json", f"--output-path={report.name}"]
        command += ["--chrome-flags=--headless=new --no-sandbox"]
        for _attempt in range(ATTEMPTS):
            done = subprocess.run(command, check=False, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True)
            if done.returncode == 0:
                break
        else:
            sys.exit(f"lighthouse: {url} could not be judged: {done.stderr.decode(errors='replace').strip()[:300]}")
        found = json.loads(Path(report.name).read_text())["categories"]
    return {name: round((found[name]["score"] or 0) * 100) for name in CATEGORIES}


def _browser():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


if __name__ == "__main__":
    main()
