"""The plain text of emails, derived from their HTML."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from notifications.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Two\n words</h1><p>One</p>\n\n<p>Two</p>", "Two words\n\nOne\n\nTwo"),
        ("<p>Dear <strong>Ana</strong>,<br> it’s <em>on</em></p><hr><p>&lt;b&gt; &amp; 2*3_4</p>",
         "Dear Ana,\nit’s on\n\n---\n\n<b> & 2*3_4"),
        ("<h2>Over</h2><ul><li>One<ul><li>Inner</li></ul></li><li>Two:<br>why</li></ul><p>After</p>",
         "Over\n\n- One\n  - Inner\n- Two:\n  why\n\nAfter"),
        ("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two"),
        ("<p>Why:</p><blockquote><p>One<br>two</p>\n\n<p>Three</p></blockquote><p>Thanks</p>",
         "Why:\n\n> One\n> two\n>\n> Three\n\nThanks"),
        ('<p>See <a href="https://a.example/b_c">the page</a>.</p>', "See the page (https://a.example/b_c)."),
        ('<p><a href="https://a.example/">The page</a></p>', "The page: https://a.example/"),
        ('<p>Why.<br><a href="https://a.example/">The page</a></p>', "Why.\nThe page: https://a.example/"),
        ('<ul><li><a href="https://a.example/">The page</a></li></ul>', "- The page\n  https://a.example/"),
        ('<p>See <a href="https://a.example/">https://a.example/</a>.</p>', "See https://a.example/."),
        ('<p>Ask <a href="mailto:a@b.example">a@b.example</a></p>', "Ask a@b.example"),
        ('<p>Ask <a href="mailto:a@b.example">Ana</a> or <a>Bo</a></p>', "Ask Ana (a@b.example) or Bo"),
        ('<p><a class="button" href="https://a.example/">Open</a></p>', "Open:\nhttps://a.example/"),
        ("<table><tr><td>One</td></tr><tr><td>&nbsp;</td></tr><tr><td><table><tr><td><p>Two</p></td></tr></table></td>"
         "</tr></table>", "One\n\nTwo"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_reads_well_as_text(html, text):
    assert plain_text(html) == text


def test_a_mail_begins_with_its_title_and_ends_with_its_signature():
    html = render_to_string(
        "email/home/feedback/body.html",
        {
            "site_name": "Schools & friends",
            "action_url": "https://a.example/admin/?a=1&b=2",
            "preferences_url": "https://a.example/p/",
            "unsubscribe_url": "https://a.example/u/",
            "feedback": {"message": "The map\nhas <no> names.", "page": "/en/map/"},
        },
    )
    title, *paragraphs, action, signature = plain_text(html).split("\n\n")
    assert re.search(r"<h1>(.*)</h1>", html)[1] == title
    assert "> The map\n> has <no> names." in paragraphs
    assert action.endswith(":\nhttps://a.example/admin/?a=1&b=2")
    name, reason, *links = signature.removeprefix("-- \n").splitlines()
    assert (name, reason[-1], links) == (
        "Schools & friends",
        ".",
        ["Choose your notifications: https://a.example/p/", "Unsubscribe: https://a.example/u/"],
    )


WORDS = st.lists(st.text("ab*_<&>#-1.ığş", min_size=1, max_size=4), min_size=1, max_size=4).map(" ".join)
PARTS = {
    "<p>{}</p>": "",
    "<h2>{}</h2>": "",
    "<ul><li>{}</li></ul>": "",
    "<blockquote>{}</blockquote>": "",
    '<p>{} <a href="https://a.example/1">link</a></p>': "link https://a.example/1",
    '<ul><li>{}<br><a href="https://a.example/2">link</a></li></ul>': "link https://a.example/2",
}


@given(st.lists(st.tuples(st.sampled_from(list(PARTS)), WORDS), max_size=8))
def test_no_word_and_no_address_is_lost(parts):
    text = plain_text("\n".join(part.format(escape(words)) for part, words in parts))
    lines = text.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\n\n\n" not in text
    found = iter(text)
    expected = " ".join(f"{words} {PARTS[part]}" for part, words in parts)
    assert [letter for letter in "".join(expected.split()) if letter not in found] == []
