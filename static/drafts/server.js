// Asking the server, over a bad network and with a token that may be stale, for a person who may be signed out by now.
export const MOVED = Number(document.documentElement.dataset.moved || 0) // milliseconds, where development has moved the clock
const PATIENCE = 20000 // milliseconds until no answer counts as no network

export class Server {
  constructor(page, person) {
    this.page = page
    this.person = person
    this.ahead = 0 // how far its clock is ahead of ours
  }

  // The answer and its fate: taken, offline, signedOut, notYours, refused.
  async post(to, body, how = {}, isSecond = false) {
    body.set('csrf_token', document.querySelector('[name=csrf_token]').value)
    const answer = await this.ask(to, { method: 'POST', body, headers: { 'X-Fetched-By': 'draft-form' }, ...how })
    if (!answer || answer.status >= 500 || answer.status === 429) return { answer, fate: 'offline' }
    if (answer.ok) return { answer, fate: 'taken' }
    if (![400, 404, 410].includes(answer.status)) return { answer, fate: 'refused' }
    const fate = await this.renew()
    return fate === 'renewed' && !isSecond ? this.post(to, body, how, true) : { answer, fate: fate === 'renewed' ? 'refused' : fate }
  }

  async ask(to, how) {
    const answer = await fetch(to, { ...how, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    const date = Date.parse(answer?.headers.get('Date'))
    if (date) this.ahead = date - Date.now()
    return answer
  }

  // Signed out, signed in again since, or not allowed any more: the page itself says which.
  async renew() {
    const answer = await this.ask(this.page, { redirect: 'manual' })
    if (!answer || answer.status >= 500) return 'offline'
    if (answer.status === 404 || answer.status === 410) return 'notYours'
    if (!answer.ok) return 'signedOut'
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const screen = page.querySelector('draft-form'), token = screen?.querySelector('[name=csrf_token]')?.value
    if (!token || screen.dataset.person !== this.person) return 'signedOut'
    const fields = document.querySelectorAll('[name=csrf_token]')
    const isNew = fields[0].value !== token
    fields.forEach(field => { field.value = token })
    return isNew ? 'renewed' : 'refused'
  }

  get now() { return Date.now() + this.ahead + MOVED }
}

// What a page of the server says is wrong.
export async function reasonIn(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const found = page.querySelectorAll('.summary li, .summary > p:not(.small), main .lead')
  return [...new Set([...found].map(one => one.textContent.trim()))].join(' ')
}
