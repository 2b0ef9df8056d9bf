// The languages in the head of a page take along what is typed: in the form typed in last, else in the first.
let typed = document.querySelector('#redraws')?.closest('form')

document.addEventListener('input', ({ target }) => {
  if (target.form?.matches('main form[data-taken-along]')) typed = target.form
})

for (const link of document.querySelectorAll('header a.redraw')) {
  link.addEventListener('click', (event) => {
    if (!typed) return
    event.preventDefault()
    const button = Object.assign(document.createElement('button'), { name: 'redraw', value: link.dataset.redraw, hidden: true })
    typed.append(button)
    typed.requestSubmit(button)
    button.remove()
  })
}
