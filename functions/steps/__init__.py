"""One module a pipeline step: what the step does to one job or one scene."""
