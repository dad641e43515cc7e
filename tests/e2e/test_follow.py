"""Following a job goes on where the server ends a listener."""

from types import SimpleNamespace

from google.cloud import firestore

from tests.e2e.follow import Follow
from tests.e2e.web.shelves import a_job, keep


def test_a_listener_that_was_ended_begins_again(client: firestore.Client) -> None:
    job = a_job("somebody", 1, "Lumi Glow")
    with Follow(client, job.id) as seen:
        for watch in seen.watches:
            watch.unsubscribe()
        keep(client, [job])
        seen.until(lambda seen: seen.job, 20)
    assert seen.job
    assert seen.job.title == job.title


def test_a_listener_that_shows_nothing_more_begins_again(client: firestore.Client) -> None:
    job = a_job("somebody", 2, "Lumi Glow")
    with Follow(client, job.id) as seen:
        for watch in seen.watches:
            watch.unsubscribe()
        seen.watches = [SimpleNamespace(is_active=True, unsubscribe=lambda: None) for _ in seen.watches]
        keep(client, [job])
        seen.until(lambda seen: seen.job, 20)
    assert seen.job
    assert seen.job.title == job.title
