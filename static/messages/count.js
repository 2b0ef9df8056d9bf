// How many get the message follows the filters as they are chosen. Without this script one presses Count.
const place = document.querySelector('[data-count]'), filters = document.querySelector('[data-filters]')
let newest = 0, soon

async function count() {
  const mine = ++newest, words = new URLSearchParams()
  for (const field of filters.querySelectorAll('input, select')) if (field.value) words.append(field.name, field.value)
  try {
    const answer = await fetch(`${place.dataset.count}?${words}`, { headers: { 'X-Fetched-By': 'count' } })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (mine === newest) place.replaceChildren(...[...page.body.childNodes].map(node => document.importNode(node, true)))
  } catch { /* the line is broken: the button counts once it is back */ }
}
filters.addEventListener('input', () => {
  clearTimeout(soon)
  soon = setTimeout(count, 300)
})
