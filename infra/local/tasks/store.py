"""Queues and tasks on disk. Every change is committed before it is answered, so a killed server loses none."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from google.cloud.tasks_v2 import Attempt, Queue, Task

from infra.local.tasks.times import moment, timestamp

# A finished or deleted task's name stays taken for this long (seconds).
NAME_REUSE_S = 3600.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, message BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS tasks (
    name TEXT PRIMARY KEY, queue TEXT NOT NULL, due REAL NOT NULL, running INTEGER NOT NULL, message BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS tasks_by_due ON tasks (queue, running, due);
CREATE TABLE IF NOT EXISTS used_names (name TEXT PRIMARY KEY, until REAL NOT NULL);
"""


class NameTakenError(Exception):
    """A task of this name exists, or existed within the last hour."""


def queue_of(task_name: str) -> str:
    """The queue part of `projects/P/locations/L/queues/Q/tasks/T`."""
    return task_name.rsplit("/tasks/", 1)[0]


def due_time(task: Task) -> float:
    """When a stored task is due, in Unix time."""
    when = moment(task.schedule_time)
    return when.timestamp() if when else 0.0


class TaskStore:
    """Queues, tasks and used names in one SQLite file. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        with self._lock:
            self._db.execute("PRAGMA journal_mode=WAL")
            # Commits survive the death of the process; only a power cut could lose the last ones.
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            # What was in flight when the last server died is sent again: delivery is at least once.
            self._db.execute("UPDATE tasks SET running = 0")

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    # Queues

    def put_queue(self, queue: Queue) -> None:
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO queues VALUES (?, ?)", (queue.name, Queue.serialize(queue)))

    def queue(self, name: str) -> Queue | None:
        with self._transaction() as db:
            row = db.execute("SELECT message FROM queues WHERE name = ?", (name,)).fetchone()
        return Queue.deserialize(row[0]) if row else None

    def queues(self) -> list[Queue]:
        with self._transaction() as db:
            rows = db.execute("SELECT message FROM queues ORDER BY name").fetchall()
        return [Queue.deserialize(message) for (message,) in rows]

    def delete_queue(self, name: str, now: float) -> None:
        with self._transaction() as db:
            db.execute("DELETE FROM queues WHERE name = ?", (name,))
            self._finish(db, "queue = ?", name, now)

    # Tasks

    def add(self, task: Task, now: float) -> None:
        """Stores a new task. Raises NameTakenError."""
        with self._transaction() as db:
            db.execute("DELETE FROM used_names WHERE until <= ?", (now,))
            taken = db.execute(
                "SELECT 1 FROM tasks WHERE name = ?1 UNION SELECT 1 FROM used_names WHERE name = ?1", (task.name,)
            ).fetchone()
            if taken:
                raise NameTakenError(task.name)
            row = (task.name, queue_of(task.name), due_time(task), Task.serialize(task))
            db.execute("INSERT INTO tasks (name, queue, due, running, message) VALUES (?, ?, ?, 0, ?)", row)

    def task(self, name: str) -> Task | None:
        with self._transaction() as db:
            row = db.execute("SELECT message FROM tasks WHERE name = ?", (name,)).fetchone()
        return Task.deserialize(row[0]) if row else None

    def tasks(self, queue: str, after: str, limit: int) -> list[Task]:
        """Up to `limit` tasks of the queue by name, from the first name greater than `after`."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT message FROM tasks WHERE queue = ? AND name > ? ORDER BY name LIMIT ?", (queue, after, limit)
            ).fetchall()
        return [Task.deserialize(message) for (message,) in rows]

    def finish(self, name: str, now: float) -> bool:
        """Removes a task and keeps its name taken. False where there was none."""
        with self._transaction() as db:
            return self._finish(db, "name = ?", name, now) > 0

    def purge(self, queue: str, now: float) -> None:
        """Removes every task of the queue."""
        with self._transaction() as db:
            self._finish(db, "queue = ?", queue, now)

    @staticmethod
    def _finish(db: sqlite3.Connection, where: str, value: str, now: float) -> int:
        db.execute(
            f"INSERT OR REPLACE INTO used_names SELECT name, ? FROM tasks WHERE {where}",  # noqa: S608
            (now + NAME_REUSE_S, value),
        )
        return db.execute(f"DELETE FROM tasks WHERE {where}", (value,)).rowcount  # noqa: S608

    # Dispatch

    def claim(self, now: float, *, queue: str, limit: int) -> list[Task]:
        """Marks up to `limit` due tasks of the queue as running, counts the attempt, and returns them."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT message FROM tasks WHERE queue = ? AND running = 0 AND due <= ? ORDER BY due LIMIT ?",
                (queue, now, limit),
            ).fetchall()
            return [self._begin_attempt(db, Task.deserialize(message), now) for (message,) in rows]

    def claim_one(self, name: str, now: float) -> Task | None:
        """Marks this task as running whether it is due or not. None where it is gone or already running."""
        with self._transaction() as db:
            row = db.execute("SELECT message FROM tasks WHERE name = ? AND running = 0", (name,)).fetchone()
            return self._begin_attempt(db, Task.deserialize(row[0]), now) if row else None

    @staticmethod
    def _begin_attempt(db: sqlite3.Connection, task: Task, now: float) -> Task:
        dispatched = timestamp(datetime.fromtimestamp(now, UTC))
        task.dispatch_count += 1
        if task.dispatch_count == 1:
            task.first_attempt = Attempt(dispatch_time=dispatched)
        task.last_attempt = Attempt(schedule_time=task.schedule_time, dispatch_time=dispatched)
        db.execute("UPDATE tasks SET running = 1, message = ? WHERE name = ?", (Task.serialize(task), task.name))
        return task

    def reschedule(self, task: Task) -> None:
        """Puts a running task back, due at its schedule_time. A task deleted meanwhile stays deleted."""
        with self._transaction() as db:
            db.execute(
                "UPDATE tasks SET running = 0, due = ?, message = ? WHERE name = ?",
                (due_time(task), Task.serialize(task), task.name),
            )

    def running(self, queue: str) -> int:
        """How many tasks of the queue are in flight."""
        with self._transaction() as db:
            row: tuple[int] = db.execute(
                "SELECT COUNT(*) FROM tasks WHERE queue = ? AND running = 1", (queue,)
            ).fetchone()
        return row[0]

    def next_due(self, queue: str) -> float | None:
        """When the queue's earliest waiting task is due (Unix time); None where nothing waits."""
        with self._transaction() as db:
            row: tuple[float | None] = db.execute(
                "SELECT MIN(due) FROM tasks WHERE queue = ? AND running = 0", (queue,)
            ).fetchone()
        return row[0]
