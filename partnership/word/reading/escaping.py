"""Plain words in our Markdown, so that they come out as they went in, whatever characters they hold."""

import re

_ALWAYS = re.compile(r"([\\`*\[\]|{])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ANGLE = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
# What would begin a heading, a list, a quotation, a line across, a fence, a caption or a source.
_START = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-+\s*$|~{3,}|(?:Table|Source)\s*:)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`|}~])")  # but for the bracket, see plain_escaped
_END = re.compile(r"(?<!\S)(#+)$")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_WORD_THEN_COLON = re.compile(r"^(Table|Source)(\s*):", re.IGNORECASE)


def escaped(text: str) -> str:
    """Text within a line. `line_start` does the rest for what begins one."""
    text = _ALWAYS.sub(r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    return _ENTITY.sub(r"\\&", _ANGLE.sub(r"\\<", text))


def escaped_heading(text: str) -> str:
    """The words of a heading: number signs at its end would be taken as its closing."""
    return _END.sub(r"\\\1", escaped(text))


def plain_escaped(text: str) -> str:
    """Words of a caption or a source, which are no Markdown, but in which a curly bracket would open a fact."""
    return text.replace("{", "\\{")


def plain_again(marked: str) -> str:
    """The words of a caption or a source that were escaped as Markdown."""
    return _ESCAPED.sub(r"\1", marked)


def line_start(line: str) -> str:
    """A line of Markdown that is ordinary text, even if it begins like something else."""
    line = line.strip()
    if found := _NUMBERED.match(line):
        return f"{found[1]}\\{found[2]}{line[found.end() :]}"
    if _WORD_THEN_COLON.match(line):
        return _WORD_THEN_COLON.sub(r"\1\2\:", line)
    return f"\\{line}" if _START.match(line) else line
