"""Files of a form that came back with a fault: held until it is sent again, for whoever has the secret of that form."""
