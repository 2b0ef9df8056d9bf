// A word in braces that is pressed goes into the text that was typed in last, where the cursor stands.
let last = document.querySelector('textarea[name^=text_]')
addEventListener('focusin', event => {
  if (event.target.matches?.('[name^=text_], [name^=subject_]')) last = event.target
})
for (const word of document.querySelectorAll('[data-put]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'put'
  word.replaceWith(button)
  button.append(word)
  button.addEventListener('click', () => {
    last.setRangeText(word.dataset.put, last.selectionStart, last.selectionEnd, 'end')
    last.focus()
  })
}
