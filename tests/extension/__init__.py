"""The browser extension in real browsers, before pages of local servers."""
