"""The toxicity view: grades by day, temperature, support and treatments, episodes, what is to be looked at."""
