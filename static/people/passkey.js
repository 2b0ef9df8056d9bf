// A form with a field for a passkey's answer: the server is asked for a challenge, the browser for the answer, then the form goes.
const bytes = words => Uint8Array.from(atob(words.replaceAll('-', '+').replaceAll('_', '/')), one => one.charCodeAt(0))
const words = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

for (const field of document.querySelectorAll('[data-passkey]')) {
  const form = field.form, says = form.querySelector('[data-passkey-says]')
  const say = sentence => { says.textContent = sentence; says.hidden = !sentence }
  let waiting = false
  form.addEventListener('submit', event => {
    if (event.submitter?.name === 'redraw') return
    event.preventDefault()
    if (waiting) return
    waiting = true
    say('')
    answer(field).then(found => {
      field.value = JSON.stringify(found)
      form.submit()
    }, fault => say(sentenceFor(fault, field.dataset))).finally(() => { waiting = false })
  })
}

function sentenceFor(fault, { cancelled, there, unable, busy }) {
  if (fault.name === 'InvalidStateError') return there
  if (fault.name === 'NotAllowedError' || fault.name === 'AbortError') return cancelled
  return fault.name === 'BusyError' ? busy : unable
}

async function answer(field) {
  if (!window.PublicKeyCredential) throw new DOMException('', 'NotSupportedError')
  const options = await asked(field)
  options.challenge = bytes(options.challenge)
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const one of list ?? []) one.id = bytes(one.id)
  }
  if (field.dataset.passkey === 'add') {
    options.user.id = bytes(options.user.id)
    return plain(await navigator.credentials.create({ publicKey: options }))
  }
  return plain(await navigator.credentials.get({ publicKey: options }))
}

async function asked(field) {
  const body = new URLSearchParams({ csrf_token: field.form.elements.csrf_token.value })
  const found = await fetch(field.dataset.options, { method: 'POST', body }).catch(() => null)
  if (!found?.ok) throw new DOMException('', 'BusyError')
  return found.json()
}

function plain(credential) {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = words(credential.response[name])
  }
  return { id: credential.id, rawId: words(credential.rawId), type: credential.type, clientExtensionResults: {}, response }
}
