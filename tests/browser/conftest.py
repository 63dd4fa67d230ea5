"""The web chat in a process of its own, and a real browser that reads it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(index_home, chromium) -> Iterator[str]:
    """The address of `ozone serve` over the index of this test run."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "OZONE_DATA": str(index_home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert f"http://localhost:{port}" in process.stdout.readline()
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2)
        except OSError:
            assert time.monotonic() < until, f"{url} did not answer in {seconds} s"
            time.sleep(0.2)
        else:
            return


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser, address):
    """Opens the chat in a window of its own; no request may leave this machine."""
    contexts = []

    def open_(width: int, scheme: str) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 800},
            color_scheme=scheme,
        )
        contexts.append(context)
        page = context.new_page()
        page.outside = []
        page.on(
            "request",
            lambda request: (
                page.outside.append(request.url)
                if not request.url.startswith((address, "ws://127.0.0.1", "data:", "blob:"))
                else None
            ),
        )
        page.goto(address)
        page.get_by_role("textbox").wait_for(timeout=60_000)
        return page

    yield open_
    for context in contexts:
        context.close()
