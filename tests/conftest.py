"""For every test: a shell that starts the tests in the background has SIGINT ignored, which their children inherit."""

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
