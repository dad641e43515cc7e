"""Jobs at once: of one user who wants the same twice, and of another who shares nothing."""

from concurrent.futures import ThreadPoolExecutor

from tests.e2e.backstage import Backstage
from tests.e2e.briefs import tiny
from ugcgen.domain.enums import JobStatus


def test_two_jobs_of_one_user_and_one_of_another(stage: Backstage) -> None:
    one, other = stage.person(), stage.person()
    mark = stage.studio.mark()
    # Slow enough that each of the two jobs finds the other's call under way.
    stage.studio.latency(text=0.3, image=1, speech=1, video=1)
    with ThreadPoolExecutor(3) as hands:
        first, second, others = hands.map(lambda person: person.start(tiny()), [one, one, other])
    ended = [stage.rest(job_id) for job_id in (first, second, others)]
    assert [job.status for job in ended] == [JobStatus.COMPLETED] * 3
    assert first != second

    taken = stage.studio.bill(mark)
    alone = stage.bill(others)
    assert stage.bill(first, second) == alone, "together they paid for one ad"
    assert taken == alone + alone
    assert ended[0].money.spent + ended[1].money.spent == ended[2].money.spent
    assert stage.artifacts(first) == stage.artifacts(second) == stage.artifacts(others)
    assert ended[0].final_video_url == ended[1].final_video_url != ended[2].final_video_url
