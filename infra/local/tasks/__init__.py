"""Cloud Tasks for one machine: a gRPC server that speaks `google.cloud.tasks.v2` and keeps its tasks on disk.

`service` answers the client library, `store` is the truth (SQLite), `dispatch` sends what is due and `retry` decides
when a failed task is sent again.
"""
