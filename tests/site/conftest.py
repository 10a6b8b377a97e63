"""The built site, served, and a headless browser to read it. `make site-test` runs these tests."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Chromium alone asks its maker for updates; a page is all that may ask here.
QUIET = ("--disable-background-networking", "--disable-component-update", "--no-first-run")
#: On a slow machine Python takes its time to start.
PATIENCE = 90_000


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the site, which `make site` built."""
    named = os.environ.get("CMCORE_SITE")
    if not named:
        pytest.skip("`make site` builds the site, `make site-test` tests it")
    folder = ROOT / named
    if not (folder / "vendor" / "manifest.json").is_file():
        pytest.skip(f"no site with Python in {folder}: `make site` builds it")
    return folder


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the tests tell what they asked for."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing: a browser that leaves a page hangs up on what it no longer needs."""


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site as Python does, under a path: nothing in it may hold that it is at the top."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "some" / "where").mkdir(parents=True)
    (folder / "some" / "where" / "cmcore").symlink_to(site, target_is_directory=True)
    handler = functools.partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/some/where/cmcore/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser(site: Path) -> Iterator["Browser"]:
    """Start Chromium, Playwright's own or the one on the PATH, if there is a site to read."""
    del site
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as driver:
        program = _program(driver.chromium.executable_path)
        if program is None:
            pytest.skip(f"no browser: neither Playwright's own nor {', '.join(PROGRAMS)}")
        arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = driver.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


def _program(own: str) -> str | None:
    found = (shutil.which(each) for each in PROGRAMS)
    return own if Path(own).is_file() else next(filter(None, found), None)


class Visit:
    """A page in the browser, with what it asked for and what it complained about."""

    def __init__(self, page: "Page", address: str) -> None:
        """Listen to the page from the start."""
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._address = address
        page.set_default_timeout(PATIENCE)
        page.on("request", self._hear_request)
        page.on("pageerror", self._hear_error)
        page.on("console", self._hear_console)

    def _hear_request(self, request: "Request") -> None:
        self.asked.append(request.url)

    def _hear_error(self, error: "Error") -> None:
        self.complaints.append(str(error))

    def _hear_console(self, told: "ConsoleMessage") -> None:
        if told.type == "error":
            self.complaints.append(told.text)

    def go(self, path: str) -> "Page":
        """Open a page of the site."""
        self.page.goto(self._address + path)
        return self.page

    def close(self) -> None:
        """Leave the page, and end the Python that runs in it."""
        self.page.context.close()

    @property
    def outside(self) -> list[str]:
        """The requests that went anywhere but to the folder of the site."""
        own = (self._address, "data:", "blob:", "about:")
        return [each for each in self.asked if not each.startswith(own)]


@pytest.fixture(scope="module")
def visit(browser: "Browser", address: str) -> Iterator[Callable[..., Visit]]:
    """Return what opens a page; in the end, none has asked for anything outside, or complained."""
    visits = []

    def opened(**settings: Any) -> Visit:  # noqa: ANN401 - what a browser's context takes
        context = browser.new_context(**settings)
        made = Visit(context.new_page(), address)
        visits.append(made)
        return made

    yield opened
    for each in visits:
        each.close()
        assert each.asked
        assert each.outside == []
        assert each.complaints == []
