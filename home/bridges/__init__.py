"""Steps from a page of one room to a page of another, where neither room may know the other."""
