"""What clients can do: the operations, one module a resource, and the doors that serve them all."""
