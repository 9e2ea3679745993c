from community.access import Audience
from home.models import HomePage, StandardPage

from . import texts


def seed_pages(home: HomePage) -> None:
    """Publish the standard pages in both languages."""
    for row in texts.tables("pages.toml")["page"]:
        home.add_child(
            instance=StandardPage(
                title=row["title"],
                slug=row["slug"],
                summary=row["summary"],
                body=row["body"],
                language=row["language"],
                topic=row["key"],
                audience=Audience.PUBLIC,
                show_in_menus=True,
            )
        )
