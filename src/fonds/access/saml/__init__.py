"""SAML 2.0: logins by identity providers of federations (RENATER, eduGAIN)."""
