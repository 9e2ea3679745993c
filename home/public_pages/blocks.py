"""The bodies of the public pages, from the blocks of text_blocks.py, live_blocks.py and content/blocks.py."""

from wagtail import blocks

from content.blocks import ChecklistBlock, DownloadBlock, FigureBlock, HeadingBlock, QuoteBlock, TextBlock, VideoBlock

from .live_blocks import EventsBlock, FeedbackBlock, FiguresBlock, PillarsBlock, PracticesBlock
from .text_blocks import CallBlock, HeroBlock, NoteBlock, PointsBlock, QuestionsBlock, StepsBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class PageBlock(blocks.StreamBlock):
    """The body of a public page."""

    heading = HeadingBlock(max_length=150)
    text = TextBlock(features=TEXT_FEATURES)
    points = PointsBlock()
    steps = StepsBlock()
    questions = QuestionsBlock()
    checklist = ChecklistBlock()
    quote = QuoteBlock()
    note = NoteBlock()
    image = FigureBlock()
    document = DownloadBlock()
    video = VideoBlock()
    pillars = PillarsBlock()
    call = CallBlock()
    feedback = FeedbackBlock()

    class Meta:
        template = "home/blocks/page.html"


class FrontBlock(blocks.StreamBlock):
    """The bands of the home page, in the editors' order."""

    hero = HeroBlock()
    figures = FiguresBlock()
    points = PointsBlock()
    pillars = PillarsBlock()
    practices = PracticesBlock()
    events = EventsBlock()
    steps = StepsBlock()
    call = CallBlock()

    class Meta:
        template = "home/blocks/front.html"
