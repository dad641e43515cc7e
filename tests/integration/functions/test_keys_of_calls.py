"""Paid calls and the API keys they are lent, with the studio as a provider that minds which key it gets."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.integration.functions.conftest import account_of
from tests.integration.functions.test_gateway import ask
from tests.integration.studio.running import Running
from ugcgen.cloud.clock import now
from ugcgen.domain.enums import ApiKeyStatus, CallState
from ugcgen.domain.errors import CallPending, ConfigurationError, QuotaExhausted
from ugcgen.ledger import calls, key_store, retry
