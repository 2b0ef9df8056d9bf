// While somebody types an organization, those of the register with such a name are offered, by any of their names.
const PAUSE = 250, LEAST = 2
const list = document.getElementById('organizations')
const field = list && document.querySelector('[list="organizations"]')
let waits, newest = ''

async function offer(words) {
  newest = words
  let found
  try {
    const asked = new URL(list.dataset.foundAt, location.href)
    asked.searchParams.set('q', words)
    const answer = await fetch(asked)
    if (!answer.ok) return
    found = await answer.json()
  } catch { return } // without a network the shipped names stay
  if (newest !== words) return
  const there = new Set([...list.options].map(one => one.value))
  for (const { name, found_by: by } of found) {
    if (there.has(name)) continue
    const option = new Option(by === name ? '' : `${name} (${by})`, name)
    list.append(option)
  }
}

field?.addEventListener('input', () => {
  clearTimeout(waits)
  const words = field.value.trim()
  if (words.length >= LEAST) waits = setTimeout(offer, PAUSE, words)
})
