"""An organisation's sign-in on this machine: discovery, a page to sign in on, token, userinfo and keys; RS256.

It is strict where a real one is (redirect address, client secret, PKCE, a code once), and lies where a test tells it to.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KID, CLIENT, SECRET, TENANT = "key-1", "the-service", "a secret of the client", "tenant-1"
PAGE = """<!doctype html><html lang="en-GB"><head><title>Marlbridge Council: sign in</title></head><body><main>
<h1>Marlbridge Council</h1><form action="/decide">{hidden}<button>Sign in as {who}</button></form></main></body></html>"""


@dataclass
class FakeProvider:
    """`subject` is who signs in next; `claims` replaces what the token says; `discovery` what discovery says."""

    url: str = ""
    subject: str = "subject-of-femi"
    claims: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    redirect_addresses: set[str] = field(default_factory=set)
    failing: dict[str, int] = field(default_factory=dict)
    nonsense: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.url,
            **{f"{name}_endpoint": f"{self.url}/{path}" for name, path in places.items()},
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.discovery,
        }

    def decide(self, asked: dict[str, str]) -> str:
        """Sign `subject` in and return the address that leads back."""
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["redirect_uri"] in self.redirect_addresses, asked["redirect_uri"]
        assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid")
        code = secrets.token_urlsafe(12)
        self.codes[code] = {**asked, "sub": self.subject}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.url})}"

    def token(self, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or given.get("redirect_uri") != asked["redirect_uri"]
            or (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET)
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token(asked)}

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": asked["sub"],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
            "tid": TENANT,
            "email": "somebody@marlbridge.example",
            **self.claims,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, self.key, algorithm=self.algorithm, headers={"kid": KID})

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": KID, "use": "sig", "alg": "RS256"}]}


class Answers(BaseHTTPRequestHandler):
    """The addresses of the provider that a server was made for."""

    provider: FakeProvider

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        if self._odd(parts.path):
            return
        if parts.path == "/authorize":
            hidden = "".join(f'<input type="hidden" name="{name}" value="{asked[name]}">' for name in asked)
            self._say(200, PAGE.format(hidden=hidden, who=self.provider.subject).encode(), "text/html")
        elif parts.path == "/decide":
            self._lead(self.provider.decide(asked))
        else:
            known = {"/.well-known/openid-configuration": self.provider.configuration, "/jwks": self.provider.keys}
            self._json(200, known[parts.path]() if parts.path in known else {"sub": self.provider.subject})

    def do_POST(self) -> None:
        if not self._odd("/token"):
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._json(*self.provider.token({name: values[0] for name, values in parse_qs(text).items()}))

    def _odd(self, path: str) -> bool:
        self.provider.asked.append(path)
        if path in self.provider.failing:
            self._json(self.provider.failing[path], {"error": "server_error"})
        elif path in self.provider.moved:
            self._lead(self.provider.moved[path])
        elif path in self.provider.nonsense:
            self._say(200, self.provider.nonsense[path].encode(), "application/json")
        return path in {**self.provider.failing, **self.provider.moved, **self.provider.nonsense}

    def _lead(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, status: int, said: object) -> None:
        self._say(status, json.dumps(said).encode(), "application/json")

    def _say(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(provider: FakeProvider) -> Iterator[FakeProvider]:
    """The provider, answering at `provider.url` as long as the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), type("TheseAnswers", (Answers,), {"provider": provider})) as server:
        provider.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
