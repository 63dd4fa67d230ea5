"""One writer at a time, across real processes."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from ingest.lock import IndexBusy, single_writer

ROOT = Path(__file__).resolve().parent.parent
HOLD = (
    "import sys; from pathlib import Path; from ingest.lock import single_writer\n"
    "with single_writer(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


@contextmanager
def holder(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_to_wait(tmp_path):
    with holder(tmp_path) as process:
        with pytest.raises(IndexBusy, match=r"another process is building.*wait for it") as busy:
            single_writer(tmp_path).__enter__()
        assert str(tmp_path) in str(busy.value)
        process.stdin.close()
        assert process.wait(timeout=30) == 0
        with single_writer(tmp_path):
            assert (tmp_path / "index.lock").exists()


def test_a_killed_writer_leaves_no_lock_behind(tmp_path):
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        with single_writer(tmp_path):
            pass


def test_who_waits_gets_the_lock_when_it_is_free(tmp_path):
    with holder(tmp_path) as process:
        later = Timer(0.5, process.stdin.close)
        later.start()
        with single_writer(tmp_path, wait=30):
            assert later.finished.is_set()


def test_the_lock_is_freed_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), single_writer(tmp_path):
        raise ZeroDivisionError
    with single_writer(tmp_path):
        pass


def test_the_second_of_two_writers_in_one_process_is_refused_too(tmp_path):
    with single_writer(tmp_path), pytest.raises(IndexBusy):
        single_writer(tmp_path).__enter__()


def test_the_folder_is_made(tmp_path):
    with single_writer(tmp_path / "new" / "home"):
        assert (tmp_path / "new" / "home").is_dir()


def test_a_home_that_is_a_file_is_an_os_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"), single_writer(tmp_path / "file"):
        pass
