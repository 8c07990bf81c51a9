"""What a scorecard would have done to people: prizes, reprimands, team runs, styles, leavers, effort; as of then."""
