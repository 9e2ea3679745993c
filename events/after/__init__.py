"""What stays of an event: who took part, recordings and handouts, what people thought of it."""
