// Rapporteurs in one session: the notes of the others and who is here and writes. What stands on the page is not moved
// under a hand: while the cursor is in the list, or this page has just changed it, it waits for the next question.
import { lineOf, poll } from '../presence/poll.js'

const PATIENCE = 20000

export class Together {
  constructor(form) {
    this.form = form
    this.changes = 0 // of the list, by this page
    const token = () => form.form.elements.csrf_token.value
    poll(form.dataset.presence, { token, heard: news => this.heard(news) })
  }

  get list() { return this.form.querySelector('[data-kept-notes]') }

  async heard({ people, mark }) {
    this.show(people)
    if (this.list.dataset.mark === mark || this.list.contains(document.activeElement)) return
    const before = this.changes
    const answer = await fetch(this.form.dataset.list, { headers: { 'X-Fetched-By': 'presence' }, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    if (answer.ok) this.take(new DOMParser().parseFromString(await answer.text(), 'text/html'), before)
  }

  take(page, before) {
    const { list } = this, fresh = page.querySelector('[data-kept-notes]')
    if (!fresh || before !== this.changes || list.contains(document.activeElement)) return
    const here = [...list.querySelectorAll('[data-here]')]
    list.replaceChildren(...here, ...[...fresh.children].filter(one => !here.length || !('empty' in one.dataset)).map(one => document.importNode(one, true)))
    list.dataset.mark = fresh.dataset.mark
    this.form.querySelector('#kept-heading').textContent = page.querySelector('[data-heading]').dataset.heading
  }

  show(people) {
    const place = this.form.querySelector('[data-people]'), { writes, opened } = place.dataset
    const lines = people.map(one => lineOf(one, one.writes.length ? writes : opened)), told = lines.map(one => one.textContent).join()
    if (told === this.told) return // a line that is said again would be read aloud again
    this.told = told
    place.replaceChildren(...lines)
  }
}
