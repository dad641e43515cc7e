"""The ``ugcgen`` command: run, quote, follow and approve jobs, on the local cloud or a deployed one."""
