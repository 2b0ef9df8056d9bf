// The languages in the head of a page take along what is typed: in the form typed in last, else in the first. A text that is kept in
// this browser until it is saved is in the form again when the page opens in that language.
let typed = document.querySelector('#redraws')?.closest('form')

document.addEventListener('input', ({ target }) => {
  if (target.form?.matches('main form[data-taken-along]')) typed = target.form
})

for (const link of document.querySelectorAll('header a.redraw')) {
  link.addEventListener('click', (event) => {
    if (!typed) return
    event.preventDefault()
    if (typed.closest('draft-form') && !typed.elements.over) return link.previousElementSibling.click()
    typed.requestSubmit(typed.querySelector(`[name="redraw"][value="${link.dataset.redraw}"]`))
  })
}
