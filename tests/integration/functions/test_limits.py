"""What a user may ask for in a minute and start in a day, counted in Firestore, so that many processes hold it."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from firebase_functions import https_fn
from firebase_functions.https_fn import FunctionsErrorCode as Code
from flask import Flask, request

from api import caller, rates, rest
from api.callable import serve
from api.caller import Caller
from api.operation import Effort
from infra.local.parts import FUNCTIONS
from tests.integration.functions.test_api import request_of
from tests.unit.functions.making import asked
from ugcgen.cloud import firestore
from ugcgen.domain.errors import LimitReached
from ugcgen.engine.refs import job_ref


def tried(operation: str, user: str, data: dict[str, Any]) -> Any:
    """The answer, or the refusal."""
    try:
        return serve(operation, asked(data, user))
    except https_fn.HttpsError as refused:
        return refused


def admitted(user: str, effort: Effort, times: int) -> int:
    def one(_: int) -> bool:
        try:
            rates.admit(user, effort)
        except LimitReached:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        return sum(threads.map(one, range(times)))


@pytest.mark.parametrize("effort", Effort)
def test_a_minute_s_requests_may_come_at_once_and_no_more(
    product: Callable[..., None], user: str, effort: Effort
) -> None:
    product(READS_PER_MINUTE="12", CHANGES_PER_MINUTE="12", STARTS_PER_MINUTE="12")
    assert admitted(user, effort, 40) in {12, 13}, "one more where the test took five seconds"
    with pytest.raises(LimitReached) as refused:
        rates.admit(user, effort)
    assert 0 < refused.value.retry_after <= 5
    assert admitted(f"{user}-other", effort, 1) == 1


def test_a_refused_request_says_when_to_come_back(
    product: Callable[..., None], user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    product(READS_PER_MINUTE="1")
    assert tried("listJobs", user, {})["jobs"] == []
    refused = tried("listJobs", user, {})
    assert (refused.code, refused.details.keys()) == (Code.RESOURCE_EXHAUSTED, {"retry_after"})
    assert 50 < refused.details["retry_after"] <= 60
    assert refused.message.startswith("too many requests: at most 1 reading requests a minute")
    assert tried("addApiKey", user, {}).code is Code.INVALID_ARGUMENT, "other efforts have rates of their own"
    monkeypatch.setattr(caller, "bearer", lambda headers: Caller(uid=user))
    with Flask("test").test_request_context("/v1/jobs"):
        answer = rest.serve(request)
    told = answer.get_json()["error"]
    assert (answer.status_code, told["code"], told["message"]) == (429, "resource_exhausted", refused.message)
    assert int(answer.headers["Retry-After"]) == told["retry_after"] in range(50, 61)


def test_processes_share_one_rate(product: Callable[..., None], user: str) -> None:
    product(CHANGES_PER_MINUTE="20")
    program = f"""
from api import rates
from api.operation import Effort
from ugcgen.domain.errors import LimitReached
admitted = 0
for _ in range(20):
    try:
        rates.admit({user!r}, Effort.CHANGE)
        admitted += 1
    except LimitReached:
        pass
print(admitted)
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", program], cwd=FUNCTIONS, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    counts = [int(process.communicate(timeout=60)[0].split()[-1]) for process in processes]
    assert 18 <= sum(counts) <= 24, counts


def test_jobs_at_once_hold_against_starts_at_the_same_time(
    topics: None, product: Callable[..., None], user: str
) -> None:
    product(JOBS_AT_ONCE="2")
    wishes = [request_of(user) for _ in range(5)]
    with ThreadPoolExecutor(5) as clicks:
        answers = list(clicks.map(lambda wish: tried("startGeneration", user, wish), wishes))
    started = [answer for answer in answers if isinstance(answer, dict)]
    refused = [answer for answer in answers if not isinstance(answer, dict)]
    assert (len(started), {answer.code for answer in refused}) == (2, {Code.RESOURCE_EXHAUSTED})
    again = wishes[answers.index(started[0])]
    assert tried("startGeneration", user, again) == started[0], "what has begun is answered again and counts once"

    firestore.client().document(job_ref(started[0]["job_id"]).path).update({"status": "completed"})
    assert "job_id" in tried("startGeneration", user, request_of(user))


def test_jobs_and_money_of_a_day(topics: None, product: Callable[..., None], user: str) -> None:
    product(JOBS_PER_DAY="2", JOBS_BUDGET_USD="10")
    dear = tried("startGeneration", user, request_of(user, budget_usd=11))
    assert "this may cost $11.00, but of the $10.00" in dear.message
    first = tried("startGeneration", user, request_of(user, budget_usd=4))
    raised = tried("resumeJob", user, {"job_id": first["job_id"], "budget_usd": 12})
    assert raised.code is Code.RESOURCE_EXHAUSTED
    assert tried("resumeJob", user, {"job_id": first["job_id"], "budget_usd": 6})["job_id"] == first["job_id"]
    assert "$4.00 is left" in tried("startGeneration", user, request_of(user, budget_usd=5)).message
    assert "job_id" in tried("startGeneration", user, request_of(user, budget_usd=4))
    third = tried("startGeneration", user, request_of(user, budget_usd=0.01))
    assert third.message.startswith("2 jobs were started today")
    assert 0 < third.details["retry_after"] <= 86_400
