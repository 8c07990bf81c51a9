"""From a file of any kind to a table of the engine: encoding, dialect, header, sheets, typed files."""
