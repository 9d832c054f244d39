"""Messages as they come back, written after what such systems send; none is a copy of anybody's mail.

Each takes the address it came to and the Message-ID of what it is about, and gives the bytes of a mailbox.
"""

WAS_SENT = "<3f0c3c2e-6a0f-4a55-9d5e-0d8a4f6f2a11@safeguarding.example>"


def _bytes(text: str) -> bytes:
    return text.strip("\n").replace("\n", "\r\n").encode()


def postfix_bounce(
    to: str, about: str = WAS_SENT, *, diagnostic: str = "550 5.1.1 <panel@body.example>: User unknown"
) -> bytes:
    return _bytes(f"""
Return-Path: <>
Delivered-To: {to}
Received: by mx.relay.example (Postfix) id 4XyZ; Wed, 30 Sep 2026 14:02:11 +0100 (BST)
Date: Wed, 30 Sep 2026 14:02:11 +0100 (BST)
From: MAILER-DAEMON@mx.relay.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="4XyZ.1790773331/mx.relay.example"
Content-Transfer-Encoding: 8bit
Message-Id: <20260930130211.4XyZ@mx.relay.example>

This is a MIME-encapsulated message.

--4XyZ.1790773331/mx.relay.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

This is the mail system at host mx.relay.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<panel@body.example>: host mx.body.example said: {diagnostic}

--4XyZ.1790773331/mx.relay.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.relay.example
X-Postfix-Queue-ID: 4XyZ
Arrival-Date: Wed, 30 Sep 2026 14:02:10 +0100 (BST)

Final-Recipient: rfc822; panel@body.example
Original-Recipient: rfc822;panel@body.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.body.example
Diagnostic-Code: smtp; {diagnostic}

--4XyZ.1790773331/mx.relay.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

Return-Path: <{to}>
Message-ID: {about}
Subject: Ashdown Safeguarding Children Partnership: yearly report 2025-26
From: no-reply@safeguarding.example
To: panel@body.example

--4XyZ.1790773331/mx.relay.example--
""")


def exchange_bounce(to: str, about: str = WAS_SENT) -> bytes:
    return _bytes(f"""
Received: from outlook.body.example by mx.relay.example; Wed, 30 Sep 2026 13:05:02 +0000
MIME-Version: 1.0
From: <postmaster@body.example>
To: <{to}>
Date: Wed, 30 Sep 2026 13:05:01 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="72d3ea1b-4b61-4a6e-9b7e-5b1c0f5b8f52"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-GB
Message-ID: <ndr-1@outlook.body.example>
In-Reply-To: {about}
References: {about}
Subject: Undeliverable: Ashdown Safeguarding Children Partnership: yearly report 2025-26
Auto-Submitted: auto-replied

--72d3ea1b-4b61-4a6e-9b7e-5b1c0f5b8f52
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="inner"

--inner
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to panel@body.example couldn't be delivered.=0A=
The group only accepts messages from people in its organisation.

--inner
Content-Type: text/html; charset="us-ascii"

<html><head><style>p {{ color: red }}</style></head><body><p>Your message couldn't be delivered.</p></body></html>

--inner--

--72d3ea1b-4b61-4a6e-9b7e-5b1c0f5b8f52
Content-Type: message/delivery-status

Reporting-MTA: dns;outlook.body.example
Received-From-MTA: dns;mx.relay.example
Arrival-Date: Wed, 30 Sep 2026 13:04:59 +0000

Final-Recipient: rfc822;panel@body.example
Action: failed
Status: 5.7.133
Diagnostic-Code: smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required

--72d3ea1b-4b61-4a6e-9b7e-5b1c0f5b8f52
Content-Type: message/rfc822

Message-ID: {about}
From: no-reply@safeguarding.example
To: panel@body.example
Subject: Ashdown Safeguarding Children Partnership: yearly report 2025-26
Content-Type: text/plain

To the Panel

--72d3ea1b-4b61-4a6e-9b7e-5b1c0f5b8f52--
""")


def delayed(to: str, about: str = WAS_SENT) -> bytes:
    text = postfix_bounce(to, about, diagnostic="451 4.7.1 Greylisted, try again later").decode()
    text = text.replace("Action: failed", "Action: delayed").replace("Status: 5.1.1", "Status: 4.7.1")
    return (
        text.replace("4XyZ@", "4XyD@")
        .replace("Undelivered Mail Returned", "Delayed Mail (still being retried)")
        .encode()
    )


def delivered(to: str, about: str = WAS_SENT) -> bytes:
    text = postfix_bounce(to, about, diagnostic="250 2.1.5 Recipient OK").decode()
    text = text.replace("Action: failed", "Action: delivered").replace("Status: 5.1.1", "Status: 2.1.5")
    return text.replace("4XyZ@", "4XyO@").encode()


def out_of_office(to: str, about: str = WAS_SENT) -> bytes:
    return _bytes(f"""
From: Duty desk <panel@body.example>
To: <{to}>
Subject: Automatic reply: yearly report 2025-26
Date: Wed, 30 Sep 2026 13:06:00 +0000
Message-ID: <ooo-1@outlook.body.example>
In-Reply-To: {about}
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

I am out of the office until 12 October and will read your message then.
""")


def reply(to: str, about: str = WAS_SENT, *, words: str = "Thank you. We have received your report.") -> bytes:
    return _bytes(f"""
From: =?utf-8?q?Zo=C3=AB_Reader?= <zoe.reader@body.example>
To: {to}
Subject: RE: Ashdown Safeguarding Children Partnership: yearly report 2025-26
Date: Thu, 1 Oct 2026 09:12:44 +0100
Message-ID: <reply-1@outlook.body.example>
In-Reply-To: {about}
References: {about}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="mixed"

--mixed
Content-Type: multipart/alternative; boundary="alternative"

--alternative
Content-Type: text/plain; charset="utf-8"

{words}

Zoë Reader
--alternative
Content-Type: text/html; charset="utf-8"

<p onclick="steal()">{words}</p><script>steal()</script>
--alternative--
--mixed
Content-Type: application/pdf; name="../../receipt.pdf"
Content-Disposition: attachment; filename="../../receipt.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjcgcmVjZWlwdA==
--mixed
Content-Type: text/html; name="page.html"
Content-Disposition: attachment; filename="page.html"

<script>steal()</script>
--mixed--
""")


def html_only(to: str, about: str = WAS_SENT) -> bytes:
    return _bytes(f"""
From: panel@body.example
To: {to}
Subject: Received
In-Reply-To: {about}
Message-ID: <html-1@outlook.body.example>
Content-Type: text/html; charset="utf-8"

<html><head><title>No</title><style>p {{ margin: 0 }}</style></head>
<body><p>We have &lt;b&gt;received&lt;/b&gt; it.</p><div>Case&nbsp;12</div><script>steal()</script></body></html>
""")


def without_a_report(to: str) -> bytes:
    """A bounce in words alone, as some old systems send it."""
    return _bytes(f"""
Return-Path: <>
From: MAILER-DAEMON@old.example
To: {to}
Subject: failure notice
Message-ID: <old-1@old.example>

Hi. This is the qmail-send program at old.example.
<panel@body.example>: Sorry, no mailbox here by that name. (#5.1.1)
""")
