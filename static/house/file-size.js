// A file larger than the server takes is told beside its field, in the server's words, and nothing is sent with it: a
// request over the limit is refused unread, and the form would come back empty. The limit is data-most, in megabytes.
const MEGABYTE = 1024 * 1024
const PLACE = '.field'

const isTooLarge = input => input.files[0]?.size > input.dataset.most * MEGABYTE

function told(input) {
  const known = document.getElementById(`${input.id}-error`)
  if (known) return known
  const line = document.createElement('p')
  Object.assign(line, { id: `${input.id}-error`, className: 'error' })
  line.setAttribute('role', 'alert')
  input.before(line)
  return line
}

function describe(input, isWrong) {
  const line = `${input.id}-error`, others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter(one => one && one !== line)
  const by = isWrong ? [...others, line] : others
  by.length ? input.setAttribute('aria-describedby', by.join(' ')) : input.removeAttribute('aria-describedby')
  isWrong ? input.setAttribute('aria-invalid', 'true') : input.removeAttribute('aria-invalid')
  input.closest(PLACE)?.classList.toggle('wrong', isWrong)
}

function tell(input) {
  const { most, tooLarge, error } = input.dataset, word = document.createElement('span')
  Object.assign(word, { className: 'vh', textContent: `${error} ` })
  // what is over by a little never reads like the limit itself
  const size = Math.max(input.files[0].size / MEGABYTE, Number(most) + 0.1).toFixed(1)
  told(input).replaceChildren(word, tooLarge.replace('{size}', size))
  describe(input, true)
}

function chosen(event) {
  const input = event.target
  if (!input.matches?.('input[type=file][data-most]')) return
  if (!isTooLarge(input)) {
    document.getElementById(`${input.id}-error`)?.remove()
    return describe(input, false)
  }
  tell(input)
  event.stopImmediatePropagation() // nor is it sent ahead of its form
}

function sent(event) {
  const large = [...event.target.querySelectorAll('input[type=file][data-most]')].filter(isTooLarge)
  if (!large.length) return
  event.preventDefault()
  event.stopImmediatePropagation()
  large.forEach(tell)
  large[0].focus()
}

document.addEventListener('change', chosen, true)
document.addEventListener('submit', sent, true)
