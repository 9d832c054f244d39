"""What people do in the web process of the harness, and what has to be there before they can."""

import json
import os
import socket
from pathlib import Path
from typing import Any

from django.db import close_old_connections, transaction

from partnership.accounts.models import User
from partnership.documents import services as documents
from partnership.documents.models import Proposal
from partnership.errors import Refused
from partnership.mail import addresses
from partnership.mail import services as outbox
from tests.places import Places

BODIES = ("panel", "foundations")


def propose(many: int, to: Path) -> None:
    """Reports that everybody has signed and somebody proposed to publish, each in an area of its own."""
    places, found = Places(), []
    for number in range(many):
        with transaction.atomic():  # so that no worker sees a report on its way and prints it
            area = places.open(f"area-{number}")
            places.recipients()
            version = places.sign(places.send(area))
            found.append(documents.propose_publication(version=version, by=places.person("gwen")).pk)
    to.write_text(json.dumps({"proposals": found, "by": places.person("dev").pk if many else 0}))


def serve(port_file: Path) -> None:
    """One act after the other: a line in, a line out once it is committed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        part = port_file.with_suffix(".part")
        part.write_text(str(server.getsockname()[1]))
        os.replace(part, port_file)
        while True:
            connection, _ = server.accept()
            with connection, connection.makefile("rw") as lines:
                order = json.loads(lines.readline())
                lines.write(json.dumps(_done(**order)) + "\n")


def _done(act: str, **given: Any) -> str:
    close_old_connections()
    try:
        ACTS[act](**given)
    except Refused as refusal:
        return f"refused: {refusal}"
    except Exception as error:
        return f"failed: {type(error).__name__}"
    finally:
        close_old_connections()
    return "done"


@transaction.atomic
def send(key: str, many: int) -> None:
    """One message to each of one or two bodies, in one transaction, as a publication sends them."""
    for body in BODIES[:many]:
        outbox.queue(
            to=f"{body}@bodies.example",
            subject=f"Yearly report {key}",
            text="A reference.\n" * 200,
            dedupe_key=f"{key}:{body}",
            envelope_from=addresses.made(),
        )


def publish(proposal: int, by: int) -> None:
    """The second person confirms: the report is published, and queued for both national bodies."""
    documents.agree(proposal=Proposal.objects.get(pk=proposal), by=User.objects.get(pk=by))


ACTS = {"send": send, "publish": publish}
