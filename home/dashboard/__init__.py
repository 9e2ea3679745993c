"""The first page of a signed-in person: their schools, what is unfinished, and what comes next."""
