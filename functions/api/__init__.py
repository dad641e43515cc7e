"""The operations behind the callables, one module a resource: pydantic in, pydantic out."""
