"""Comments in any place: write, edit, withdraw and read them, subscribe to them, and notify people of them."""
