"""Each layer of consistency catches its fault: the smallest ad of each kind, with the fault put in by the studio.

`make eval` holds all faults against all layers; here is one of each way in which they are found.
"""

from dataclasses import replace

import pytest

from tests.e2e.backstage import Backstage
from tests.eval.layers import STRIKES, Strike, struck

CHOSEN = ("the product in other colours", "no product", "a label that changes in the clip")


@pytest.mark.parametrize("strike", [one for one in STRIKES if one.name in CHOSEN], ids=lambda one: one.name)
def test_a_fault_is_caught_by_its_layer_and_put_right(stage: Backstage, strike: Strike) -> None:
    # Of a clip of three seconds only the first frame is looked at here.
    caught = struck(stage, replace(strike, rule=strike.rule | {"since": 0}))
    assert (caught.by, caught.verdict) == (strike.layer, "delivered"), caught
    assert caught.retakes == 1
    assert caught.spent_usd > 0
