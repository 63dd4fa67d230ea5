"""The log of every look at a locked part: when, at which commit, with what score."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import yaml

from app.evaluate.run import Score

LOG: Final = "looks.yaml"


def log_look(folder: Path, scores: Sequence[Score], retrieval: dict[str, Any] | None) -> None:
    """Adds the locked scores to the log; nothing is written where no locked part was asked."""
    locked = [score for score in scores if score.part == "locked"]
    if not locked and not retrieval:
        return
    entry: dict[str, Any] = {
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commit": _commit(folder),
        "scores": {
            f"{score.suite}: {score.mark}": f"{score.right:g} of {score.of:g}"
            if score.of != 1
            else f"{score.right:g}"
            for score in locked
        },
    }
    if retrieval:
        entry["retrieval"] = retrieval
    with (folder / "suites" / LOG).open("a", encoding="utf-8") as log:
        log.write(yaml.safe_dump([entry], sort_keys=False, width=100, allow_unicode=True))


def _commit(folder: Path) -> str:
    """The commit that is checked out, marked where files differ from it."""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
