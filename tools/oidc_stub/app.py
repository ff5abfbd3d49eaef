"""oidc-provider-mock with what a real provider also does: it checks PKCE, and its page needs nothing from outside."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")  # http on loopback; read when authlib is used

import flask
import jinja2
import oidc_provider_mock
from authlib.oauth2.rfc7636 import create_s256_code_challenge

Identity = Mapping[str, Any]  # "sub", "name" and whatever else the provider says about the person
Spoil = Callable[[dict[str, Any], Any], None]  # (the token answer, the signing key): changes the answer in place
_TEMPLATES = Path(__file__).parent / "templates"
_AUTHORIZE, _TOKEN = "/oauth2/authorize", "/oauth2/token"


def make_app(identities: Sequence[Identity]) -> flask.Flask:
    """A provider that knows these people. Tests may set `app.extensions["spoil"]` to a Spoil."""
    said = [(i["sub"], {name: value for name, value in i.items() if name != "sub"}) for i in identities]
    users = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in said]
    app: flask.Flask = oidc_provider_mock.app(user_claims=users, require_nonce=True)
    app.debug = False
    app.wsgi_app = app.wsgi_app.app  # type: ignore[method-assign,attr-defined]  # without its debugger
    theirs = app.jinja_loader
    app.jinja_loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader(_TEMPLATES), *([theirs] if theirs else [])])
    names = {identity["sub"]: identity.get("name", identity["sub"]) for identity in identities}
    app.context_processor(lambda: {"names": names})
    _check_pkce(app)
    app.after_request(_return_state)
    app.after_request(_spoil)
    return app


def _check_pkce(app: flask.Flask) -> None:
    """RFC 7636 with S256 only: the mock itself ignores the challenge."""
    challenges: dict[str, str] = {}

    @app.before_request
    def ask() -> flask.Response | None:
        request = flask.request
        if request.path == _AUTHORIZE and request.args.get("code_challenge_method") != "S256":
            return flask.make_response("PKCE with S256 is required.", 400)
        if request.path != _TOKEN:
            return None
        challenge = challenges.pop(request.form.get("code", ""), "")
        if challenge and create_s256_code_challenge(request.form.get("code_verifier", "")) == challenge:
            return None
        return flask.make_response(flask.jsonify(error="invalid_grant"), 400)

    @app.after_request
    def keep(response: flask.Response) -> flask.Response:
        code = parse_qs(urlsplit(response.headers.get("Location", "")).query).get("code")
        if flask.request.path == _AUTHORIZE and code:
            challenges[code[0]] = flask.request.args["code_challenge"]
        return response


def _return_state(response: flask.Response) -> flask.Response:
    """The mock forgets the state when somebody says no."""
    location = response.headers.get("Location", "")
    if "error=" in location and "state=" not in location:
        response.headers["Location"] = f"{location}&{urlencode({'state': flask.request.args.get('state', '')})}"
    return response


def _spoil(response: flask.Response) -> flask.Response:
    spoil: Spoil | None = flask.current_app.extensions.get("spoil")
    if spoil is not None and flask.request.path == _TOKEN and response.status_code == 200:  # noqa: PLR2004
        said = response.get_json()
        spoil(said, flask.g.oidc_provider_mock_storage.jwk)
        response.set_data(flask.json.dumps(said))
    return response
