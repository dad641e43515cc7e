"""Where tests put what is not the product's own: a shop's page, a service of somebody's that is told of jobs."""

from infra.local.ports import choose_ports

PORT = choose_ports(["outside"])["outside"]
