#!/usr/bin/env python3
"""Start the service: ``PORT=8080 python3 serve.py`` (settings: see README.md)."""
import logging
import signal
import sys

from netanswer.application import Application
from netanswer.config import Config
from netanswer.web import make_server


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    config = Config.from_environ()
    server = make_server(Application(config))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.getLogger("netanswer").info("listening on http://127.0.0.1:%d%s/", config.port, config.base_path)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
