"""Good practices as entries of the forms of others: WSIS Stocktaking and the WSIS Prizes."""
