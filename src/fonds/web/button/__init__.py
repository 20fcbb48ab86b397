"""The button: a script that any page can hold, which shows what of its DOIs is here."""
