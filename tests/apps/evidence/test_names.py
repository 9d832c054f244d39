"""Names within the bundle, whatever somebody called a file: none leads out of its folder, and no two are one."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import given
from hypothesis import strategies as st

from partnership.evidence import archive

AWKWARD = st.sampled_from(
    ["", ".", "..", "../../etc/passwd", "..\\..\\boot.ini", "C:\\x.pdf", "/a/b", "con", "NUL.txt", "a\x00b", "a\nb",
     "Ä.pdf", "ä.PDF", "a.PDF", "A.pdf", "x" * 400 + ".pdf", ".pdf", "a.", "-rf", "~", "$(x)", "SHA256SUMS"]
)  # fmt: skip
WANTED = st.lists(st.one_of(st.text(max_size=20), AWKWARD), max_size=12)


@given(WANTED)
def test_no_name_leads_out_and_no_two_are_the_same_on_any_system(wanted):
    names = archive.Names()
    given_names = [names.of("attachments", one) for one in wanted]

    assert len({name.casefold() for name in given_names}) == len(wanted)
    for name in given_names:
        path = PurePosixPath(name)
        assert path.parts[0] == "attachments" and len(path.parts) == 2 and ".." not in path.parts
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", path.name) and not path.name.endswith(".")
        assert len(path.name) < 120
        assert not PureWindowsPath(path.name).is_reserved()


@given(WANTED)
def test_whatever_they_are_called_each_comes_out_with_its_own_bytes(wanted):
    names = archive.Names()
    members = [
        archive.Member(names.of("attachments", one), one.encode("utf-8", "surrogatepass"), "A file.") for one in wanted
    ]

    with zipfile.ZipFile(BytesIO(archive.packed(members, {}))) as unpacked:
        assert unpacked.testzip() is None
        assert len(unpacked.namelist()) == len(set(unpacked.namelist())) == len(members) + 2
        for member in members:
            assert unpacked.read(member.name) == member.data


def test_a_plain_name_stays_as_it_is():
    names = archive.Names()

    assert names.of("messages", "national_panel.eml") == "messages/national_panel.eml"
    assert names.of("messages", "national_panel.eml") == "messages/national_panel-2.eml"
    assert names.of("", "Report of März.PDF") == "Report-of-Marz.pdf"
