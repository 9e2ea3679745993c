import pytest
from django.core.exceptions import ValidationError

from content.blocks import BodyBlock, validate_video, video_of

YOUTUBE = ("youtube", "abc-DEF_123")
VIMEO = ("vimeo", "123456789")


@pytest.mark.parametrize(
    ("address", "video"),
    [
        ("https://www.youtube.com/watch?v=abc-DEF_123", YOUTUBE),
        ("https://youtube.com/watch?list=x&v=abc-DEF_123&t=4", YOUTUBE),
        ("https://m.youtube.com/watch?v=abc-DEF_123", YOUTUBE),
        ("https://youtu.be/abc-DEF_123?si=tracker", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/abc-DEF_123", YOUTUBE),
        ("https://www.youtube.com/shorts/abc-DEF_123", YOUTUBE),
        ("https://vimeo.com/123456789", VIMEO),
        ("https://player.vimeo.com/video/123456789?h=1", VIMEO),
        ("https://vimeo.com/channels/staffpicks/123456789", VIMEO),
    ],
)
def test_videos_of_the_two_providers(address, video):
    assert video_of(address) == video
    validate_video(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.youtube.com/watch?v=abc-DEF_123",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=abc-DEF_123%22onload",
        "https://www.youtube.com/playlist?list=abc-DEF_123",
        "https://youtube.com.evil.example/watch?v=abc-DEF_123",
        "https://evil.example/youtube.com/watch?v=abc-DEF_123",
        "https://youtube.com@evil.example/watch?v=abc-DEF_123",
        "https://vimeo.com/about",
        "https://vimeo.com/123456789x",
        "https://dailymotion.com/video/123456789",
        "javascript:alert(1)",
        "//youtu.be/abc-DEF_123",
    ],
)
def test_nothing_else_is_a_video(address):
    assert video_of(address) is None
    with pytest.raises(ValidationError, match="https address of a video on YouTube or Vimeo"):
        validate_video(address)


def rendered(*pieces) -> str:
    block = BodyBlock()
    return block.render(block.to_python([{"type": kind, "value": value} for kind, value in pieces]))


def test_a_video_asks_no_other_host_before_the_click():
    html = rendered(("video", {"url": "https://youtu.be/abc-DEF_123?si=tracker", "title": "<Two classes>"}))
    for loads in ("<iframe", "<img", "<script", "<link", " src=", "style="):
        assert loads not in html
    assert 'href="https://www.youtube.com/watch?v=abc-DEF_123"' in html
    assert 'target="_blank" rel="noopener noreferrer"' in html
    assert 'data-player="https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1&amp;rel=0"' in html
    assert "&lt;Two classes&gt;" in html
    assert "The video opens on YouTube in a new tab." in html
    assert "tracker" not in html
    vimeo = rendered(("video", {"url": "https://vimeo.com/123456789", "title": "T"}))
    assert 'data-player="https://player.vimeo.com/video/123456789?autoplay=1&amp;dnt=1"' in vimeo


def test_text_pieces():
    html = rendered(
        ("heading", "One <b>"),
        ("quote", {"text": "Said so", "source": "A teacher"}),
        ("checklist", {"title": "Before", "items": ["First", "Second"]}),
    )
    assert '<h2 class="block--heading">One &lt;b&gt;</h2>' in html
    assert "<figcaption>A teacher</figcaption>" in html
    assert "<li>First</li><li>Second</li>" in html


def test_every_block_without_files_has_a_preview():
    previews = {name for name, block in BodyBlock().child_blocks.items() if block.is_previewable}
    assert previews == {"heading", "text", "quote", "checklist", "video", "image", "document"}


def test_a_video_elsewhere_is_refused_beside_its_field():
    block = BodyBlock().child_blocks["video"]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"url": "https://evil.example/v", "title": "T"}))
    assert list(refused.value.block_errors) == ["url"]
