"""Pointing the bench's own process at one local cloud after another."""

import os
from collections.abc import Mapping

from ugcgen.cloud import firestore, pubsub, tasks
from ugcgen.cloud.settings import settings


def use(environment: Mapping[str, str]) -> None:
    """Take on a local cloud's environment and forget the clients that were made for another."""
    os.environ.update(environment)
    for cached in (settings, firestore.client, pubsub.client, tasks.client):
        cached.cache_clear()
