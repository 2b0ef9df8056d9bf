// Puts the browser's picker of a day, a time or a colour beside a field that is typed in. What is chosen is written into
// the field, and what is typed there in the form that is kept is what the picker shows. Without this script one types.
const KEPT = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d$/,
  'datetime-local': /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/,
  color: /^#[0-9a-f]{6}$/i,
}

for (const field of document.querySelectorAll('input[data-picker]')) {
  const kind = field.dataset.picker, picker = document.createElement('input')
  const follow = () => {
    if (KEPT[kind].test(field.value)) picker.value = field.value.replace(' ', 'T')
  }
  Object.assign(picker, { type: kind, className: 'picker' })
  picker.setAttribute('aria-label', `${field.dataset.pickerLabel}: ${field.labels[0]?.firstChild.textContent.trim() ?? ''}`)
  field.after(picker)
  if (field.parentElement.matches('.field')) field.parentElement.classList.add('with-picker')
  follow()
  field.addEventListener('input', follow)
  picker.addEventListener('input', () => {
    if (!picker.value) return
    field.value = picker.value.replace('T', ' ')
    field.dispatchEvent(new Event('change', { bubbles: true }))
  })
}
