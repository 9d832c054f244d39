"""Which answers are right, and which right must have been used at least once, so that a house with every door shut fails."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from partnership.areas.roles import Permission
from tests.contracts.access_policy import OPERATOR, POLICY, PUBLIC, SIGNED_IN, Rule
from tests.contracts.matrix.cast import ACTORS, rights_of

READ, WRITE = ("GET", "HEAD"), ("PUT", "PATCH", "DELETE")
OK = frozenset({200, 302})
LED_TO_SIGN_IN = 401  # a redirect as well, but for somebody who is signed in it is no answer
# Pages about one seat or one act say no in their own way where the permission is there and the rest is not.
OWN_RULES = {
    "documents:sign", "documents:return", "documents:signed", "documents:refuse", "documents:take_back_unsigned",
    "documents:proposal", "areas:access_review", "areas:declare",
    "contributions:room", "contributions:write", "contributions:keep", "contributions:forget", "contributions:text",
    "contributions:release", "contributions:take_back", "scrutiny:redact_answer",
}  # fmt: skip

# In which state of the report an act is open, so that in that state somebody must have got through to it. What is not
# named here must be open in a draft. None: no page asks for this permission on its own yet.
OPEN_IN = {
    Permission.VIEW_AREA: None,  # proven in every state, see `unproven`
    Permission.CONTRIBUTE: None,  # opens the rooms of one's own agency alone, see tests/apps/contributions
    Permission.SIGN_DOCUMENT: "in_sign_off",
    Permission.RETURN_DOCUMENT: "in_sign_off",
    Permission.PUBLISH_DOCUMENT: "signed",
    Permission.RECORD_NOT_SIGNED: "in_sign_off",
    Permission.RECORD_ON_PAPER: "in_sign_off",
    Permission.VOID_DOCUMENT: "in_sign_off",
    Permission.RECORD_ACKNOWLEDGEMENT: "published",
    Permission.EXPLAIN_LATENESS: None,  # of what is late alone, see tests/apps/deadlines/test_own_dates.py
    Permission.AGREE_COMPANION: "published",
    Permission.TAKE_DOWN: "published",
    Permission.REDACT_CHALLENGE: "taken_down",
    Permission.REDACT_ANSWER: "taken_down",  # of their own agency's answer alone, see tests/apps/scrutiny
}
# The text of what was withdrawn for redaction: sealed, but for those who hold this.
SEALED = {
    "documents:version",
    "documents:compare",
    "documents:pdf",
    "word:docx",
    "word:html",
    "word:json",
    "companions:file",
}


def expected(name: str, rule: Rule, method: str, actor: str, state: str = "") -> set[int]:
    """The answers that are right for this actor.

    404: the object is not there in this state, such as a proof before freezing. 409: the right, but not now.
    """
    _, where = ACTORS[actor]
    if method in WRITE:
        return {405}
    if rule.scope == PUBLIC:
        return {200, 302, 400, LED_TO_SIGN_IN, 403, 404, 405, 410}
    if where in {"anonymous", "gone"}:
        return {LED_TO_SIGN_IN}
    if rule.scope == SIGNED_IN:
        # Allauth asks whoever is signed in by a test, without a password, to sign in before they change how they do.
        own = {LED_TO_SIGN_IN} if name.startswith(("account_", "accounts:", "mfa_")) else set()
        return {200, 204, 302, 404, 405, 409} | own
    if rule.scope == OPERATOR:
        return {200 if method in READ else 405} if where == "operator" else {404, 405}
    if where not in {"guest", "here"}:
        return {404, 405}
    is_closed = state == "taken_down" and Permission.READ_SEALED not in rights_of(actor)
    if is_closed and name in SEALED and method in READ:
        return {403, 404}
    plain = _of_a_guest(rule, method) if where == "guest" else _inside(name, rule, method, actor)
    return plain | ({403} if is_closed else set())  # what was written for it is sealed as well


def _inside(name: str, rule: Rule, method: str, actor: str) -> set[int]:
    """Of somebody who holds an office in the area."""
    right = rule.get if method in READ else rule.post
    if right is None:
        return {405}
    answers = {200, 302, 400, 404, 409} if right in rights_of(actor) else {403, 404}
    return answers | ({403, 409} if name in OWN_RULES else set())


def _of_a_guest(rule: Rule, method: str) -> set[int]:
    """A guest reads one document, sees a list with only that one in it, and does nothing."""
    if method in READ and rule.get == Permission.VIEW_AREA:
        return {200, 302, 404}
    return {403, 404, 405}


@dataclass
class Findings:
    """What was asked in one state, what was answered wrongly, and which rights somebody got through with."""

    state: str
    cells: int = 0
    wrong: list[str] = field(default_factory=list)
    used: set[tuple[str, Permission]] = field(default_factory=set)

    def note(self, name: str, method: str, actor: str, status: int, writes: Iterable[str]) -> None:
        """One cell of the matrix."""
        self.cells += 1
        rule = POLICY[name]
        right = expected(name, rule, method, actor, self.state)
        if status not in right:
            self.wrong.append(f"{self.state}: {actor} {method} {name} → {status}, not {sorted(right)}")
        if self.state == "taken_down":  # that somebody opened what is sealed is put on record
            writes = [sql for sql in writes if '"audit_auditentry"' not in sql]
        if method != "POST":
            self.wrong += [f"{self.state}: {actor} {method} {name} wrote: {sql[:80]}" for sql in writes]
        needed = rule.post if method == "POST" else rule.get
        if status in OK and needed and rule.scope not in {PUBLIC, SIGNED_IN}:
            self.used.add((actor, needed))

    def told(self) -> str:
        """What was answered wrongly, in lines."""
        return f"{len(self.wrong)} of {self.cells} cells:\n" + "\n".join(self.wrong[:60])

    def unproven(self, actors: Collection[str]) -> Iterator[str]:
        """Rights that one of these actors holds here, that a page of this state needs, and that opened nothing."""
        asked = {right for rule in POLICY.values() for right in (rule.get, rule.post) if right}
        for actor, where in ((actor, ACTORS[actor][1]) for actor in actors):
            for right in sorted(rights_of(actor) & asked) if where == "here" else ():
                here = right == Permission.VIEW_AREA or OPEN_IN.get(right, "draft") == self.state
                if here and (actor, right) not in self.used:
                    yield f"{self.state}: {actor} holds {right.value} and could use it nowhere"
            if where == "guest" and (actor, Permission.VIEW_AREA) not in self.used:
                yield f"{self.state}: {actor} could not read the document that is shared with them"
