"""A frozen document with one of everything, all of it invented, for the tests of content and PDF."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from partnership.documents import canonical
from partnership.documents.markdown import to_blocks
from partnership.documents.pictures import inspect

TEXT = """\
# What we did

Three agencies met **every quarter**, as the [published arrangements](https://example.org/arrangements) say. \
Siân Ŵyn and *others* took part.

We did three things:

- listened to 40 children
- trained 312 people
  1. first the new ones
  2. then the others
- published a plan

> Nobody had asked us before.

Table: Contacts by quarter

| Quarter | Contacts | Change |
|---|---:|---:|
| April to June | 1,204 | 4% |
| July to September | 1,311 | 9% |

Source: invented figures

### What changed

```chart
title: Contacts by quarter
kind: bar
unit: contacts
source: invented figures
April to June: 1204
July to September: 1311
October to December: 998
```

```chart
title: Who pays
kind: share
unit: £
Example Council: 70000
Example Integrated Care Board: 52719
Example Police: 35000
```

```chart
title: Children on a plan, by month
kind: line
April: 120
May: 131
June: 118
July: 96
```

[[picture 1]]

[[figures funding contributions]]
"""


def picture() -> bytes:
    """A small clean PNG."""
    image = Image.new("RGB", (480, 240), "white")
    ImageDraw.Draw(image).rectangle((60, 60, 420, 180), outline="black", width=6)
    stream = BytesIO()
    image.save(stream, "PNG")
    return inspect(stream.getvalue(), "plan.png", most_bytes=8 * 1024 * 1024).data_clean


class Figures:
    """A resolver that knows one picture and one table."""

    def picture(self, number: int) -> dict[str, Any] | None:
        if number != 1:
            return None
        return {"sha256": SHA256, "alt": "A plan of the new room", "caption": "The room", "width": 480, "height": 240}

    def figures(self, name: str) -> dict[str, Any] | None:
        rows = [["Example Council", "£70,000"], ["Example Police", "£35,000"], ["Total", "£105,000"]]
        table = {"caption": "Contributions 2025-26", "head": ["Agency", "Pounds"], "rows": rows, "source": "Invented"}
        return table if name == "funding contributions" else None

    def names(self) -> list[str]:
        return ["funding contributions"]


PICTURE = picture()
SHA256 = canonical.hashlib.sha256(PICTURE).hexdigest()


def document(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    """A frozen document whose first section holds `text`."""
    parsed = to_blocks(text, Figures())
    other = to_blocks("We will meet the children who were heard, and say what became of it.", Figures())
    frozen: dict[str, Any] = {
        "form": 1,
        "kind": "yearly_report",
        "kind_title": "Yearly report",
        "title": "Yearly report 2025-26",
        "area": {"slug": "example", "name": "Example", "partnership": "Example Safeguarding Children Partnership"},
        "period": {"from": "2025-04-01", "to": "2026-03-31", "label": "2025-26"},
        "edition": {"key": "wt2023", "title": "Working Together to Safeguard Children 2023"},
        "sections": [
            {"key": "impact", "title": "What the partnership did", "blocks": list(parsed.blocks), "explanation": ""},
            {"key": "next", "title": "What comes next", "blocks": list(other.blocks), "explanation": "Begun late."},
        ],
        "guidance": [
            {
                "id": "impact",
                "level": "Must",
                "text": "What the partnership did and its impact",
                "source": "Chapter 2, paragraph 107",
                "standing": "In force",
                "asked": True,
                "section": "impact",
                "section_title": "What the partnership did",
                "explained": False,
            }
        ],
        "signatories": [
            {"agency": "Example Council", "office": "Lead safeguarding partner, local authority", "seat": "la"},
            {"agency": "Example Police", "office": "Lead safeguarding partner, police", "seat": "police"},
        ],
        "challenges": [
            {
                "number": 1,
                "text": "How do you know that it helped?",
                "raised_by": "Femi, independent scrutineer",
                "raised_on": "2026-08-01",
                "responses": [{"text": "We asked again in May.", "by": "Dev, council", "on": "2026-08-20"}],
            }
        ],
        "attachments": [{"sha256": SHA256, "alt": "A plan of the new room"}],
        "notes": ["All people and figures here are invented."],
    }
    return {**frozen, **changes}
