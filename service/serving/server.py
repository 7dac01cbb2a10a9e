"""Running the service in this process, or in several."""

import multiprocessing
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from ingest.errors import FootnoteError, IndexMissing, IndexUnreachable
from service.assembly import Assembly
from service.http.app import create_app
from service.observing.logs import configure_logs
from service.observing.traces import check_traces
from service.serving.connections import Connection
from service.serving.listening import address, listen
from service.settings import ServiceSettings

FAILED, WRONG_USE = 1, 2
_KEEP_ALIVE_S = 75  # longer than what proxies keep a connection for
_CLOSING_S = 5.0  # for connections to close after the last answer was ended
_BETWEEN_LOOKS_S = 0.2
_HEALTHY_S = 60  # a worker that answers no sign of life for so long is replaced


def serve(settings: ServiceSettings) -> int:
    """Serve until told to stop; returns the exit code. Raises FootnoteError when it cannot
    start."""
    configure_logs(settings)
    check_traces(settings)
    with listen(settings) as listener:
        if settings.workers > 1:
            return _serve_in_workers(settings, listener)
        app = create_app(settings)
        _open_index(app.state.assembly)
        _say_where(listener)
        with suppress(KeyboardInterrupt):  # raised again when all has ended well
            uvicorn.Server(server_config(settings, app)).run([listener])
    return 0


def worker_app() -> object:
    """The application of a worker, whose settings come from the environment."""
    settings = ServiceSettings()
    configure_logs(settings)
    return create_app(settings)


def _serve_in_workers(settings: ServiceSettings, listener: socket.socket) -> int:
    _check_in_a_process(settings)
    with _environment(settings):
        supervisor = _Supervisor(
            server_config(settings, "service.serving.server:worker_app"), [listener]
        )
        _say_where(listener)
        supervisor.run()
    failed = any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes)
    return FAILED if failed else 0


class _Supervisor(Multiprocess):
    """Notices the death of a worker at once, also of one that was to answer a sign of life, and
    tells workers of a second signal to stop."""

    def keep_subprocess_alive(self) -> None:
        for process in self.processes:
            process.child_conn.close()  # while we hold the worker's end too, it never breaks
        super().keep_subprocess_alive()

    def join_all(self) -> None:
        self.signal_queue.clear()
        for worker in self.processes:
            while worker.process.is_alive():
                worker.process.join(_BETWEEN_LOOKS_S)
                if {signal.SIGINT, signal.SIGTERM} & set(self.signal_queue):
                    self.terminate_all()
                self.signal_queue.clear()


def server_config(settings: ServiceSettings, app: object) -> uvicorn.Config:
    """How an application is served; it may be named, for workers."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        factory=isinstance(app, str),
        workers=settings.workers,
        http=Connection,
        ws="none",  # nothing here speaks it, and guards are for HTTP
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=int(settings.shutdown_seconds + _CLOSING_S),
        timeout_worker_healthcheck=_HEALTHY_S,
    )


def _say_where(listener: socket.socket) -> None:
    print(f"Footnote is on {address(listener)}", flush=True)


def _open_index(assembly: Assembly) -> None:
    """Say what is wrong at once; an index that is not there yet may come."""
    try:
        assembly.answerer()
    except (IndexMissing, IndexUnreachable) as error:
        print(f"service: {error}", file=sys.stderr)


def _check_in_a_process(settings: ServiceSettings) -> None:
    """Find wrong settings once, before as many workers do, in a process of its own: what opening
    an index takes stays taken."""
    checking = multiprocessing.get_context("spawn").Process(target=_check, args=(settings,))
    checking.start()
    checking.join()
    if checking.exitcode:
        sys.exit(WRONG_USE)


def _check(settings: ServiceSettings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        _open_index(Assembly(settings))
    except FootnoteError as error:
        print(f"service: {error}", file=sys.stderr)
        sys.exit(WRONG_USE)


@contextmanager
def _environment(settings: ServiceSettings) -> Iterator[None]:
    """What workers need to know: settings that came as options, and where they count together."""
    for name in ("index", "host", "port", "allow_unauthenticated"):
        os.environ[f"FOOTNOTE_{name.upper()}"] = str(getattr(settings, name))
    with tempfile.TemporaryDirectory(prefix="footnote-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield
