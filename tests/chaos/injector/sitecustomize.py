"""Python imports this at its start where the folder is on PYTHONPATH: the way into processes that know of nothing."""

import os
import sys

if "CHAOS_DIR" in os.environ and {"infra.local.functions_host", "postprod"} & set(sys.orig_argv):
    from tests.chaos.inject import install

    install()
