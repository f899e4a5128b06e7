"""Processes that open the store themselves: many writers, and victims of kill -9.

They are forked from a helper that has imported everything once (multiprocessing's fork server).
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import resource
import signal
import threading
from pathlib import Path

from sqlalchemy import event, make_url

from store import LOCAL, batch, create, create_many, open_store, update
from store.database import Store, _engine
from store.errors import StoreError
from store.ground import EMPTY
from store.migrate import upgrade_to

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.store.children", "alembic.command"])
BATCH_SIZE = 15
NOBODY = 65_534


def start(function, *arguments):
    """Start a child that calls `function(pipe, *arguments)`; return it and our end of the pipe."""
    ours, theirs = CONTEXT.Pipe()
    child = CONTEXT.Process(target=function, args=(theirs, *arguments), daemon=True)
    child.start()
    theirs.close()
    return child, ours


def write_many(pipe, url, folder, writers, count):
    """Let `writers` threads add and then change `count` / 2 entries each; send what was acknowledged."""
    store = open_store(url, folder=Path(folder))
    acknowledged = []

    def write(number):
        for turn in range(count // 2):
            made = create(store, LOCAL, "organizations", {"name": f"{os.getpid()} {number} {turn}"})
            acknowledged.append((made.id, 1))
            update(store, LOCAL, "organizations", made.id, {"note": "geändert"}, version=1)
            acknowledged.append((made.id, 2))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipe.send(acknowledged)
    store.close()


def write_until_killed(pipe, url, folder):
    """Add, change and import until the end; each acknowledgement goes through the pipe at once."""
    store = open_store(url, folder=Path(folder))
    for turn in itertools.count():
        made = create(store, LOCAL, "organizations", {"name": f"{os.getpid()} {turn}"})
        pipe.send(("entry", made.id, 1))
        update(store, LOCAL, "organizations", made.id, {"note": "geändert"}, version=1)
        pipe.send(("entry", made.id, 2))
        with batch(store, LOCAL, "Import") as target:
            create_many(target, LOCAL, "locations", [{"name": "x", "kind": "library"}] * BATCH_SIZE)
        pipe.send(("batch", target.id, BATCH_SIZE))


def upgrade_and_die(pipe, url, statements):
    """Upgrade the tables and die of kill -9 after so many statements."""
    pipe.close()
    store = Store(_engine(make_url(url)), EMPTY, Path())
    seen = itertools.count(1)

    @event.listens_for(store.engine, "after_cursor_execute")
    def die(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE")) and next(seen) == statements:
            os.kill(os.getpid(), signal.SIGKILL)

    upgrade_to(store, "head")


def open_and_close(pipe, url, folder):
    """Open the store as the program does at its start; send what came of it."""
    try:
        open_store(url, folder=Path(folder)).close()
        pipe.send("open")
    except StoreError as error:
        pipe.send(error)


def fill_up(pipe, url, folder, more_bytes):
    """Add entries until files may not grow; send the acknowledged ones and the error."""
    store = open_store(url, folder=Path(folder))
    biggest = max(path.stat().st_size for path in Path(folder).iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (biggest + more_bytes, resource.RLIM_INFINITY))
    acknowledged = []
    try:
        while True:
            made = create(store, LOCAL, "organizations", {"name": "x", "note": "x" * 5000})
            acknowledged.append(made.id)
    except StoreError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        acknowledged.append(create(store, LOCAL, "organizations", {"name": "danach"}).id)
        pipe.send((acknowledged, error))
    store.close()


def write_as_nobody(pipe, url, folder, *, opened_before):
    """Add an entry as a user who may only read; send the error."""
    store = open_store(url, folder=Path(folder)) if opened_before else None
    if store:
        create(store, LOCAL, "organizations", {"name": "vorher"})
        store.close()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        store = store or open_store(url, folder=Path(folder))
        create(store, LOCAL, "organizations", {"name": "verboten"})
        pipe.send(None)
    except StoreError as error:
        pipe.send(error)
