"""One line of the records: what it holds is printed in sections, and must not be read as a token there."""

import pytest
from django import forms

from partnership.errors import WrongState
from partnership.web.lines import LineField, line_of

HELD = ["{{lsp icb}}", "a {{ b", "b }} c", "[[picture 1]]", "a [[", "]] b", "{\u200b{"]


@pytest.mark.parametrize("text", HELD)
def test_a_line_that_a_section_would_read_as_a_token_is_refused(text):
    with pytest.raises(WrongState, match="Leave out double brackets"):
        line_of(text, longest=100)
    with pytest.raises(forms.ValidationError, match="Leave out double brackets"):
        LineField().clean(text)


@pytest.mark.parametrize("text", ["Ashdown <Council>", "a {b} [c]", "Children & families", ""])
def test_another_line_is_kept(text):
    assert line_of(text, longest=100) == text
    assert LineField(required=False).clean(text) == text
