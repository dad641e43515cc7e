"""The ``ugcgen`` command: run, quote, follow and approve jobs, on the local cloud or a deployed one."""

import os

# gRPC reports connections that come and go on stderr, into the middle of the display; errors reach us without that.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
