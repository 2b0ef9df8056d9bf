// Whoever has the floor is the speaker of the next note, unless somebody else was typed. A note that was begun keeps its speaker.
const form = document.querySelector('draft-form .entry'), { speaker, text, statement } = form.elements
const hint = document.getElementById('speaker-hint'), usual = hint.textContent
let preset = statement.value ? speaker.value : '' // what came from the floor; another speaker was chosen
let turn = statement.value // the turn the next note was prepared for
let isSent = false
let floor = null // as it was told last

// At once: who types on while the clock has not ticked begins the note of whoever speaks now.
form.addEventListener('anew', () => {
  isSent = true
  if (floor) prepare()
})

document.addEventListener('floor-tick', ({ detail }) => {
  floor = detail
  if (!text.value.trim()) prepare()
  const fromFloor = floor.running && speaker.value === floor.speaker
  hint.textContent = fromFloor ? floor.words : usual
})

function prepare() {
  const now = floor.running || 'none', isTyped = !isSent && speaker.value && speaker.value !== preset
  statement.value = now
  if (isSent) preset = speaker.value
  if (floor.running && !isTyped && (isSent || now !== turn)) {
    speaker.value = preset = floor.speaker
    const usually = now !== turn && form.querySelector(`[name=ceiling][value="${floor.ceiling}"]`)
    if (usually) usually.checked = true
    turn = now
  }
  isSent = false
}
