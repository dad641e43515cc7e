"""``python -m postprod --port N``: the service on a laptop. In the container gunicorn serves ``postprod.app``."""

import argparse

from werkzeug.serving import make_server

from postprod.app import create_app


def main() -> None:
    options = argparse.ArgumentParser(prog="postprod")
    options.add_argument("--port", type=int, required=True)
    port = options.parse_args().port
    make_server("127.0.0.1", port, create_app(), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
