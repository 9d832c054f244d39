"""The web container's health check: `healthy.py /healthz` exits with 0 if the server answers as it should."""

import http.client
import os
import sys

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".*") or "localhost"
connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
connection.request("GET", sys.argv[1], headers={"Host": host})
answer = connection.getresponse()
# Without the proxy in front, a server that insists on https sends the request there: that, too, is a sound answer.
sent_on = answer.status == 301 and (answer.getheader("Location") or "").startswith("https://")
sys.exit(0 if answer.status == 200 or sent_on else 1)
