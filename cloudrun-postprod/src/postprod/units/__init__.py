"""What the service does to a unit: one module a kind of work, each a function from a task to an outcome."""
