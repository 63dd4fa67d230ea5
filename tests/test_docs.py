"""Docs and code cannot drift: what the README names exists, and what exists is named."""

import re
import tomllib
from pathlib import Path

import typer.main

from app.cli import cli
from app.settings import Settings
from corpus.stats import stats_of

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def commands(group, path="ozone"):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def test_readme_names_every_command():
    for name, command in commands(typer.main.get_command(cli)):
        assert f"`{name}" in README, name
        assert command.help, name


def test_readme_names_every_setting():
    for name, field in Settings.model_fields.items():
        assert f"`OZONE_{name.upper()}`" in README, name
        assert field.description


def name_of(requirement: str) -> str:
    return re.split(r"[<>=\[; ]", requirement)[0].lower().replace("_", "-")


def test_every_dependency_has_a_line_and_a_pin():
    pins = {
        name_of(line)
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for requirement in wanted:
        name = name_of(requirement)
        assert name in pins, name
        assert re.search(rf"^\| {re.escape(name)} \|", README, re.MULTILINE), name


def test_torch_is_pinned_exactly():
    assert "torch==2.13.0" in PROJECT["dependencies"]
    assert "torch==2.13.0\n" in (ROOT / "constraints.txt").read_text("utf-8")


def test_links_between_docs_lead_somewhere():
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_folder_map_is_complete():
    packages = [p.name for p in ROOT.iterdir() if (p / "__init__.py").is_file()]
    for folder in (*packages, "tests", "docs"):
        assert f"`{folder}/`" in README, folder


def test_the_packages_are_ours():
    import app
    import corpus
    import ingest

    for package in (app, corpus, ingest):
        assert Path(package.__file__).parent.parent == ROOT


def test_imports_run_one_way():
    """app -> ingest -> corpus, and no logic imports Streamlit."""
    for path in [*ROOT.glob("corpus/*.py"), *ROOT.glob("ingest/*.py"), *ROOT.glob("app/*.py")]:
        text = path.read_text("utf-8")
        imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE))
        assert "streamlit" not in imported, path
        if path.parent.name == "corpus":
            assert not imported & {"app", "ingest"}, path
        if path.parent.name == "ingest":
            assert "app" not in imported, path


def test_no_module_grows_past_its_noun():
    for path in ROOT.glob("*/**/*.py"):
        if ".venv" not in path.parts:
            assert len(path.read_text("utf-8").splitlines()) <= 400, path


def test_the_readme_quotes_the_counts(library):
    stats = stats_of(library)
    said = " ".join(README.split())
    reading = stats.reading
    for count in (
        f"{stats.records:,} records ({stats.reviews:,} reviews, {stats.studies:,} single studies",
        f"{stats.notices:,} rules, guidelines",
        f"{stats.findings:,} findings, {stats.topics:,} topics ({stats.gap_topics:,} of them gaps",
        f"{stats.claims:,} advertised claims",
        f"{stats.second_hand:,} records were only read about",
        f"{stats.depths['citation']:,} are known by their citation alone",
        f"of over {reading.texts // 1000},000 patient texts",
        f"median {reading.median_grade}, 95th percentile {reading.grade_95th_percentile}",
    ):
        assert count in said, count
