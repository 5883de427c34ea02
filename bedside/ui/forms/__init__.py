"""The forms: hand-laid for what is entered every day, and made from the model for every other kind."""
