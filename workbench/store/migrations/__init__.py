"""How the tables of the store came to be, one step a release that changed them; run when a store is opened."""
