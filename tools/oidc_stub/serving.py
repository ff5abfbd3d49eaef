"""The stub's server: threads, and no address but the loopback's."""

import flask
from werkzeug.serving import BaseWSGIServer, make_server

LOOPBACK = "127.0.0.1"


def serve(app: flask.Flask, *, port: int = 0) -> BaseWSGIServer:
    """A server that listens (0 = on a free port); the caller runs it."""
    return make_server(LOOPBACK, port, app, threaded=True)
