"""The public page of somebody with a part in a session: there from when they publish it until they take it down."""
