"""The only Qt: the window, its views and what they are drawn with."""
