"""What lasts longer than a moment behind the window: how far it is, and the way to end it."""
