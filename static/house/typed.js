// What was typed goes along to the same form in another language: kept in this tab for the way there, and no longer.
const KEPT = 'typed'
const LEFT_OUT = ['csrf_token', 'key']
const forms = () => [...document.querySelectorAll('main form[method=post]')]
const path = (form) => new URL(form.getAttribute('action') || '', location.href).pathname

function keep() {
  const form = forms().find((one) => one.querySelector('[aria-invalid=true]')) ?? forms()[0]
  if (!form) return
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !LEFT_OUT.includes(name))
  sessionStorage.setItem(KEPT, JSON.stringify({ path: path(form), fields }))
}

function fill(form, fields) {
  const typed = new Map()
  for (const [name, value] of fields) typed.set(name, [...(typed.get(name) ?? []), value])
  for (const one of form.elements) {
    if (!one.name || LEFT_OUT.includes(one.name) || ['file', 'submit', 'hidden', 'button'].includes(one.type)) continue
    const values = typed.get(one.name) ?? []
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = values.includes(one.value)
    else if (one.type === 'select-multiple') for (const option of one.options) option.selected = values.includes(option.value)
    else if (values.length) one.value = values.shift()
    one.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

for (const link of document.querySelectorAll('header a[hreflang][href*="typed=1"]')) link.addEventListener('click', keep)
const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null')
sessionStorage.removeItem(KEPT)
if (kept && new URLSearchParams(location.search).has('typed')) {
  const form = forms().find((one) => path(one) === kept.path)
  if (form) fill(form, kept.fields)
}
