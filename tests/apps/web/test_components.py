import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.exceptions import TemplateSyntaxError
from django.test import RequestFactory


def draw(source, **context):
    return Template(source).render(Context(context))


def test_an_argument_that_a_component_does_not_know_is_an_error_when_the_template_is_read():
    with pytest.raises(TemplateSyntaxError, match="varient"):
        Template('{% govuk_button varient="warning" %}Sign{% endgovuk_button %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% govuk_button variant="loud" %}Sign{% endgovuk_button %}',
        '{% govuk_tag colour="pink" %}Late{% endgovuk_tag %}',
        '{% govuk_notification kind="bad" %}No{% endgovuk_notification %}',
    ],
)
def test_a_value_that_a_component_does_not_know_is_an_error_that_names_the_choices(source):
    with pytest.raises(TemplateSyntaxError, match="is one of"):
        draw(source)


def test_a_button_sends_a_form_once_and_can_carry_a_value():
    html = draw('{% govuk_button variant="warning" name="act" value="withdraw" %}Withdraw{% endgovuk_button %}')

    assert '<button type="submit"' in html
    assert 'name="act" value="withdraw"' in html
    assert "govuk-button--warning" in html
    assert 'data-prevent-double-click="true"' in html


def test_what_stands_in_a_component_is_escaped():
    html = draw("{% govuk_inset %}{{ said }}{% endgovuk_inset %}", said="<script>")

    assert "&lt;script&gt;" in html


def test_a_link_of_a_summary_list_has_the_key_in_its_name():
    html = draw("{% govuk_summary_list rows %}", rows=[{"key": "Period", "value": "2025", "href": "/x"}])

    assert '<a class="govuk-link" href="/x">Change<span class="govuk-visually-hidden">: Period</span></a>' in html


def test_a_task_without_a_link_cannot_be_followed_and_is_described_by_its_state():
    html = draw(
        "{% govuk_task_list tasks %}",
        tasks=[{"title": "Sign", "status": "Cannot start yet"}, {"title": "Funding", "href": "/f", "status": "Late"}],
    )

    assert html.count("<a ") == 1
    assert 'aria-describedby="task-2-status"' in html


def test_pages_keep_the_filters_of_the_address():
    request = RequestFactory().get("/", {"state": "late", "page": "2"})

    html = draw("{% govuk_pagination page %}", page=Paginator(range(100), 10).page(2), request=request)

    assert 'href="?state=late&amp;page=3"' in html
    assert 'aria-current="page"' in html


def test_one_page_has_no_pagination():
    assert "nav" not in draw("{% govuk_pagination page %}", page=Paginator(range(3), 10).page(1))


@pytest.mark.django_db
def test_no_component_writes_style_or_script_into_the_page(client):
    html = client.get("/components/").content.decode()

    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html
    assert "onclick" not in html
