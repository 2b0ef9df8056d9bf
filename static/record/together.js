// Two rapporteurs in one session: the notes of the others and who is writing, looked for every few seconds. Without a network nothing changes.
const EVERY = 4000 // milliseconds: what somebody else saved is here within five seconds
const PATIENCE = 20000

export class Together {
  constructor(form) {
    this.form = form
    this.mark = ''
    this.changes = 0 // of the list, by this page
    setInterval(() => this.look(), EVERY)
    document.addEventListener('visibilitychange', () => this.look())
  }

  async look() {
    if (document.hidden || !navigator.onLine || this.isAsking) return
    this.isAsking = true
    const before = this.changes, headers = { 'X-Fetched-By': 'draft-form', ...this.mark && { 'If-None-Match': this.mark } }
    const answer = await fetch(this.form.dataset.together, { headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    if (answer?.status === 200) this.take(new DOMParser().parseFromString(await answer.text(), 'text/html'), answer.headers.get('ETag'), before)
    this.isAsking = false
  }

  take(page, mark, before) {
    const list = this.form.querySelector('[data-kept-notes]'), fresh = page.querySelector('[data-kept-notes]')
    if (!fresh || before !== this.changes || list.contains(document.activeElement)) return // the next look brings it
    this.mark = mark
    const here = [...list.querySelectorAll('[data-here]')]
    list.replaceChildren(...here, ...[...fresh.children].filter(one => !here.length || !('empty' in one.dataset)).map(one => document.importNode(one, true)))
    this.form.querySelector('#kept-heading').textContent = page.querySelector('[data-heading]').dataset.heading
    const line = this.form.querySelector('[data-writers]'), words = page.querySelector('[data-writing]')?.textContent.trim() || ''
    if (line.textContent !== words) line.textContent = words
  }
}
