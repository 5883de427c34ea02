"""The window as a program: composed, furnished, watched for unforeseen errors, and the demonstration."""
