"""Programs of the shop are forked from one that has imported it, and stay programs like any other."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.local import procfile, supervisor
from app.local.supervisor import CHANNEL, Program, Supervisor
from tests.support import surroundings
from tests.support.programs import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")

SERVES = "python -m http.server 0 --bind ${HOST:-127.0.0.1}"
#: What is still to be imported once the settings are known.
BRINGS = """
import importlib, json, os, sys
names, settings = map(json.loads, sys.argv[1:])
for name in names:
    importlib.import_module(name)
before = set(sys.modules)
os.environ.update(settings)
import webhooks.asgi, workers.actors
brought = set(sys.modules) - before
print(json.dumps([name for name in brought if not name.startswith(("workers.", "webhooks."))]))
"""


@pytest.fixture
def said() -> queue.SimpleQueue[str]:
    return queue.SimpleQueue()


@pytest.fixture
def parent(folder: Path, said: queue.SimpleQueue[str]) -> Iterator[Supervisor]:
    made = Supervisor(folder, lambda _name, line: said.put(line), lambda text: None)
    made.fork_from(program(f"python -m app.local.forking {CHANNEL} http.server"))
    yield made
    made.end()


def program(command: str) -> Program:
    return Program("program", command, procfile.environment({}), ROOT)


def children(folder: Path) -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if supervisor.is_marked(each, str(folder))]


def served(said: queue.SimpleQueue[str], folder: Path) -> psutil.Process:
    assert "Serving HTTP on 127.0.0.1" in said.get(timeout=60)
    return next(each for each in children(folder) if "http.server" in each.cmdline())


def test_what_is_forked_is_known_by_its_own_command_line_and_folder(parent, said, folder):
    parent.start(program(SERVES))

    process = served(said, folder)

    assert process.cmdline()[:6] == ["python", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    assert os.getpgid(process.pid) == process.pid
    assert supervisor.is_marked(process, str(folder))


def test_what_is_forked_ends_with_its_supervisor(parent, said, folder):
    parent.start(program(SERVES))
    process = served(said, folder)

    parent.end()

    assert not process.is_running()
    assert not children(folder)


def test_a_fork_that_fails_is_told_with_its_words(parent):
    with pytest.raises(subprocess.CalledProcessError, match="2") as failure:
        parent.run(program("python -m http.server --nonsense"))

    assert "unrecognized arguments: --nonsense" in failure.value.output


def test_programs_start_where_nothing_forks_any_more(parent, said, folder):
    for process in children(folder):
        process.kill()
        process.wait()

    parent.start(program(SERVES))

    assert served(said, folder).is_running()


def test_little_is_left_to_import_for_what_was_forked():
    names, settings = json.dumps(procfile.IMPORTED), json.dumps(surroundings.environment())

    printed = subprocess.check_output([sys.executable, "-c", BRINGS, names, settings], cwd=ROOT, text=True)

    assert len(json.loads(printed)) < 10, printed


def test_a_package_that_was_imported_before_keeps_its_parts(tmp_path):
    (tmp_path / "shelf").mkdir()
    for name, code in {
        "__init__": "",
        "part": "",
        "__main__": "import shelf; print(shelf.part.__name__)",
    }.items():
        (tmp_path / "shelf" / f"{name}.py").write_text(code)
    become = """
import os, shelf.part
from app.local import forking
forking.run(forking.Request(["shelf"], {**os.environ}, "."))
"""
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))

    said = subprocess.check_output(
        [sys.executable, "-c", become], env={**os.environ, "PYTHONPATH": paths}, text=True
    )

    assert said == "shelf.part\n"
