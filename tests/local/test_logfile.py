"""What programs print is kept, and never fills a disk."""

import threading

from app.local.logfile import LogFile


def test_what_was_written_is_there(tmp_path):
    log = LogFile(tmp_path / "run.log")

    log.write("web: 100 % ready")
    log.write("worker: {odd} %s")

    assert (tmp_path / "run.log").read_text() == "web: 100 % ready\nworker: {odd} %s\n"


def test_a_log_that_grows_for_ever_stays_small(tmp_path):
    log = LogFile(tmp_path / "run.log", most_bytes=10_000)
    writers = [threading.Thread(target=lambda: [log.write("x" * 99) for _ in range(1_000)]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 3
    assert max(sizes) <= 10_000


def test_an_endless_line_is_cut(tmp_path):
    LogFile(tmp_path / "run.log").write("x" * 10**6)

    assert (tmp_path / "run.log").stat().st_size < 30_000
