// The texts that are in this browser only, beside those the server has; and a button that copies each of them.
import { valueOf } from './fields.js'
import { MOVED } from './server.js'
import { Store } from './store.js'

const MOMENT = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' }
const LANGUAGE = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang

// A summary is all that was typed into its parts.
const wordsOf = fields => fields.filter(([name, value]) => value && !['key', 'base', 'draft', 'mark', 'kept'].includes(name)).map(([, value]) => value).join('\n\n')

customElements.define('draft-list', class extends HTMLElement {
  async connectedCallback() {
    this.querySelectorAll('[data-text]').forEach(text => this.copies(text))
    this.kept = await Store.open()
    this.kept.changed = () => this.show()
    await this.show()
    this.dataset.ready = ''
  }

  async show() {
    const rows = (await this.kept.texts(this.dataset.person)).filter(row => row.page.startsWith('/') && row.state !== 'discarded') // a card has a page of its own
    const section = this.querySelector('[data-here-only]')
    section.hidden = !rows.length
    section.querySelector('[data-list]').replaceChildren(...rows.reverse().map(row => this.told(row)))
  }

  told(row) {
    const text = document.importNode(this.querySelector('template').content, true).firstElementChild
    const [, , meeting, , session, note] = row.page.split('#')[0].split('/') // of a passage of an input: its number
    text.querySelector('.ref').textContent = [session, note].filter(Boolean).join('–')
    text.querySelector('[data-where]').textContent = meeting
    text.querySelectorAll('[data-is]').forEach(state => { if (state.dataset.is !== row.state) state.remove() })
    const at = new Date(row.at + MOVED), when = text.querySelector('time')
    when.textContent = at.toLocaleString(LANGUAGE, MOMENT)
    when.dateTime = at.toISOString()
    text.querySelector('.serif').textContent = valueOf(row.fields, 'text') ?? wordsOf(row.fields)
    text.querySelector('[data-reason]').textContent = row.reason || ''
    text.querySelector('a').href = row.page
    text.querySelector('a').addEventListener('click', event => this.goOn(event, text))
    text.querySelector('[data-throw]').addEventListener('click', async () => {
      await this.kept.change({ drop: [row.id] })
      await this.show()
    })
    this.copies(text)
    return text
  }

  // Where its page is closed to whoever wrote it, the text stays here, to be copied.
  async goOn(event, text) {
    event.preventDefault()
    const link = event.currentTarget
    const answer = await fetch(link.href, { method: 'HEAD', redirect: 'manual' }).catch(() => null)
    if (answer?.status !== 404 && answer?.status !== 410) return location.assign(link.href)
    link.remove()
    text.querySelector('[data-closed]').hidden = false
    this.querySelector('[data-told]').textContent = text.querySelector('[data-closed]').textContent
  }

  copies(text) {
    const button = text.querySelector('[data-copy]')
    if (!button) return
    button.hidden = !navigator.clipboard
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text.querySelector('.serif').textContent)
      this.querySelector('[data-told]').textContent = this.dataset.copied
    })
  }
})
