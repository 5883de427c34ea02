"""What can be set: for this computer, and by a lead for the store."""
