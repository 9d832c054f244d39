"""What many hands leave on a draft of another area: a shared-out section that came back, comments, something unsaved."""

import uuid
from datetime import timedelta
from typing import Any

from partnership import clock
from partnership.documents.models import Version
from partnership.drafting import selectors
from partnership.drafting import services as drafting
from partnership.drafting.models import CommentKind
from tests.answered import first_block
from tests.contracts.canaries.words import secret


def many(other: Any, draft: Version) -> None:
    """Through the services, by people of the other area."""
    manager, deputy = other.people["manager"], other.people["deputy"]
    document = draft.document
    (task,) = drafting.share_out(
        document=document, owners={"training": drafting.Owner(person=deputy)}, due_on=clock.today() + timedelta(days=3),
        seen=selectors.mark_of(document), by=manager,
    )  # fmt: skip
    drafting.hand_in(task=task, by=deputy)
    drafting.hand_back(task=task, comment=secret("drafting.HandBack.comment"), by=manager)
    block = first_block(draft, "training")
    said = {"section": block.section, "block_key": block.key, "by": deputy}
    drafting.raise_comment(kind=CommentKind.QUESTION, text=secret("drafting.Comment.text"), once=uuid.uuid4(), **said)
    comment = drafting.raise_comment(kind=CommentKind.FIX, text="So.", once=uuid.uuid4(), **said)
    drafting.reply(comment=comment, text=secret("drafting.Reply.text"), once=uuid.uuid4(), by=manager)
    drafting.resolve(comment=comment, resolution=secret("drafting.Comment.resolution"), by=manager)
    drafting.keep_unsaved(
        section=block.section, body=secret("drafting.Unsaved.body"), explanation=secret("drafting.Unsaved.explanation"),
        seen_revision=0, by=deputy,
    )  # fmt: skip
