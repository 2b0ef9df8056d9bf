// Whether a page tells what is wrong with a text it was sent. Loaded once more it tells it of an older text than the one that is kept here.
export const isAnswer = told => Boolean(told) && performance.getEntriesByType('navigation')[0]?.type !== 'reload'

// What stands in a form, as pairs of name and value, and back again.
export const fieldsOf = form => [...new FormData(form)].filter(([name]) => name !== 'csrf_token')

// A text that was kept. Where it was written over an older revision, the server is told so, and shows both.
export function bringBack(form, fields) {
  const base = !form.elements.over && fields.find(([name]) => name === 'base')
  if (base) form.elements.base.value = base[1]
  fill(form, fields)
}

export function fill(form, fields) {
  const values = {}
  for (const [name, value] of fields) (values[name] ||= []).push(value)
  makeRoom(form, values)
  for (const field of form.elements) {
    if (!field.name || field.name === 'csrf_token' || field.name === 'base' || field.name === 'draft' && !values.key) continue
    if (['checkbox', 'radio'].includes(field.type)) field.checked = (values[field.name] || []).includes(field.value)
    else if (values[field.name]?.length) field.value = values[field.name].shift()
  }
}

// A page that was opened blank has a row or two for figures; the text may have more.
function makeRoom(form, values) {
  for (const [name, { length }] of Object.entries(values)) {
    const rows = () => form.querySelectorAll(`:is(.figures .pair, .measure) [name="${name}"]`)
    for (let first = rows()[0]?.closest('.pair, .measure'); first && rows().length < length;) another(first)
  }
}

// A blank row behind this one.
export function another(row) {
  const next = row.cloneNode(true)
  next.querySelectorAll('.state').forEach(mark => mark.remove())
  for (const input of next.querySelectorAll('input')) {
    input.removeAttribute('id')
    input.value = ''
  }
  row.after(next)
  return next
}

export const valueOf = (fields, wanted) => fields.find(([name]) => name === wanted)?.[1]
