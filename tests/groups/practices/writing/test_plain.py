"""Rich text without JavaScript: the round trip is lossless, and typed text never becomes markup."""

import pytest

from groups.practices.models import Practice
from groups.practices.writing.plain import html_of, plain_of

from ...factories import PracticeFactory
from .posting import as_, edited

PAIRS = [
    ("<p>One.</p><p>Two<br>lines.</p>", "One.\n\nTwo\nlines."),
    ("<h3>Aims</h3><p>Measure.</p><h4>Tools</h4><p>Paper.</p>", "# Aims\n\nMeasure.\n\n## Tools\n\nPaper."),
    ("<p>Take:</p><ul><li>paper</li><li>pens</li></ul>", "Take:\n\n- paper\n- pens"),
    ("<ol><li>Walk.</li><li>Count.</li></ol>", "1. Walk.\n2. Count."),
    ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
]


@pytest.mark.parametrize(("html", "text"), PAIRS)
def test_there_and_back(html, text):
    assert plain_of(html) == text
    assert html_of(text) == html
    assert html_of(text.replace("\n", "\r\n")) == html


def test_links_keep_their_address():
    assert plain_of('<p><a href="https://a.example/x">here</a></p>') == "here (https://a.example/x)"
    assert plain_of('<p><a href="https://a.example/x">https://a.example/x</a></p>') == "https://a.example/x"
    html = html_of("See https://a.example/x?a=1&b=2.")
    assert 'href="https://a.example/x?a=1&amp;b=2"' in html
    assert html.endswith("</a>.</p>")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "- <b onclick=x>bold</b>", "# <img src=x onerror=y>"])
def test_what_looks_like_markup_stays_words(text):
    html = html_of(text)
    assert "<script" not in html
    assert "<b" not in html.replace("<blockquote", "")
    assert "<img" not in html
    assert plain_of(html) == text


@pytest.mark.django_db
class TestForm:
    FORMATTED = "<p>By the <strong>river</strong>.</p>"

    def save(self, client, **changes) -> Practice:
        practice = PracticeFactory(context=self.FORMATTED)
        data = edited(practice, context=self.FORMATTED, **changes)
        assert as_(client, practice.author).post(f"/en/practices/{practice.pk}/edit/all/", data).status_code == 302
        return Practice.objects.get()

    def test_a_box_that_nobody_touched_leaves_the_formatting(self, client):
        assert self.save(client, context_plain="By the river.\r\n").context == self.FORMATTED

    def test_what_was_changed_in_the_box_is_the_text(self, client):
        assert self.save(client, context_plain="By the lake.").context == "<p>By the lake.</p>"

    def test_emptying_the_box_empties_the_text(self, client):
        assert self.save(client, context_plain="").context == ""
