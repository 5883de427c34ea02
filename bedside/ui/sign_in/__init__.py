"""The page that opens the store: signing in, unlocking, and creating a store on first start."""
