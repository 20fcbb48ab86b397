"""One module or package per format, each a `Reader` registered under `fonds.sources`."""
