"""OAI-PMH 2.0: records for whoever builds a catalogue of catalogues."""
