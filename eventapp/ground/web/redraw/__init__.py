"""A form that is only to be shown in another language, with what was typed and chosen: nothing is done.

The languages in the head of a page with a form lead to buttons at its end, which send along what was typed; a script
presses them at once. The form comes back as it does after a fault, its files held, but with no fault on it. At its end,
because Enter in a field presses the first button of a form.
"""
