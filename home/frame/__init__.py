"""Parts of every page: navigation, banners, error pages, and the gallery of components."""
