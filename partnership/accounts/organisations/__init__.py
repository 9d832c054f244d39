"""Signing in through the person's own organisation (ADR 0018).

`provider` and `id_tokens` speak OpenID Connect, `flow` leads there and back, the other rooms are those of every app.
"""
