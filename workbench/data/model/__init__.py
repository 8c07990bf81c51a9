"""What a data set is: its file, the panel made of it, and the periods that both speak of."""
