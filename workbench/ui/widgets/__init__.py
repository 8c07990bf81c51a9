"""Controls and parts that several pages share."""
