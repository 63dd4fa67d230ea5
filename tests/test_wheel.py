"""The built wheel carries the corpus and the page, and answers from another folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """A wheel built without asking any index for build tools."""
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return next(out.glob("*.whl"))


def test_package_data_is_inside(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("corpus/PROTOCOL.md", "app/web/parts/answer.html.j2", "app/web/parts/icon.png"):
        assert name in names
    for room in ("reviews", "studies", "notices", "topics", "marketing", "triage", "help"):
        inside = {Path(n).name for n in names if n.startswith(f"corpus/{room}/")}
        assert inside == {path.name for path in (ROOT / "corpus" / room).glob("*.yaml")}
    assert not any(name.startswith("tests/") for name in names)


def test_the_wheel_answers_from_a_clean_environment(wheel, tmp_path, index_home):
    """Only the wheel's own files and its dependencies are on the path; the checkout is not."""
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    script = (
        "import app, corpus, ingest\n"
        f"assert app.__file__.startswith({str(installed)!r}), app.__file__\n"
        f"assert corpus.__file__.startswith({str(installed)!r})\n"
        "from app.cli import cli\n"
        "cli(['ask', '--json', 'does it cure lupus'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(installed), "OZONE_DATA": str(index_home)},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert '"lupus"' in done.stdout
