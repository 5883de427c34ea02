"""Pictures of every view in every state, to be looked at by a person."""
