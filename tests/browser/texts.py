"""What is written in the journeys, and the picture that is put in. Everything in it is invented."""

import io

from PIL import Image, ImageDraw

GLANCE = """## What the year was about

We listened to **140 families**. Two in three said that things were better three months later.

- Help came sooner than the year before.
- Nobody had to tell their story twice.

Table: Contacts by quarter

| Quarter | Contacts | Referrals |
| --- | ---: | ---: |
| April to June | 410 | 120 |
| July to September | 395 | 131 |
| October to March | 850 | 240 |
| Year | 1,655 | 491 |

Source: invented for this test

```chart
title: Contacts by quarter
kind: bar
unit: contacts
source: invented for this test
April to June: 410
July to September: 395
```
"""
WITH_PICTURE = "The young people's panel drew how they want to be met.\n\n[[picture 1]]\n"
ALT = "A drawing of three people of different heights at a round table."


def picture() -> bytes:
    """A small PNG."""
    image = Image.new("RGB", (640, 360), "#e8f0ef")
    draw = ImageDraw.Draw(image)
    for left, top in ((120, 120), (280, 80), (440, 100)):
        draw.ellipse((left, top, left + 70, top + 70), fill="#0b4a4f")
    draw.ellipse((140, 210, 500, 320), fill="#c6a15b")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()
