// Has the pages of the agenda that were seen open without a network, and says of such a page as of when it is.
import { loadedFiles, openOffline } from '../house/offline.js'

const wasControlled = Boolean(navigator.serviceWorker?.controller) // then the worker has seen this page by itself

customElements.define('offline-agenda', class extends HTMLElement {
  connectedCallback() {
    const { seenAt } = document.documentElement.dataset
    if (seenAt) this.say(new Date(seenAt))
    else this.settle().catch(() => null) // a browser that keeps nothing shows the agenda all the same
  }

  say(at) {
    const today = at.toDateString() === new Date().toDateString()
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }
    const words = new Intl.DateTimeFormat(document.documentElement.lang, today ? time : { day: 'numeric', month: 'long', ...time })
    this.querySelector('button').addEventListener('click', () => location.reload())
    this.hidden = false
    this.querySelector('[role=status]').textContent = this.dataset.words.replace('{time}', words.format(at))
  }

  async settle() {
    if (!navigator.serviceWorker) return
    const { worker, scopes } = this.dataset
    const [first, ...others] = scopes.split(' ').sort(scope => location.pathname.startsWith(scope) ? -1 : 1)
    await Promise.all(others.map(scope => navigator.serviceWorker.register(worker, { scope })))
    const isDone = () => { this.dataset.opensOffline = '' }
    if (wasControlled) isDone()
    else await openOffline(worker, first, async () => loadedFiles(/\/static\//), isDone)
  }
})
