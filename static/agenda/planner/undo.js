// What was moved in this window, to take back and to do again. It stays over a reload, not over the end of the window.
const MOST = 50

export class Moves {
  constructor(name) { this.name = `moves:${name}` }

  get lists() {
    try { return JSON.parse(sessionStorage.getItem(this.name)) ?? { done: [], undone: [] } } catch { return { done: [], undone: [] } }
  }

  set lists(lists) {
    try { sessionStorage.setItem(this.name, JSON.stringify(lists)) } catch { /* refused: then nothing can be taken back after a reload */ }
  }

  has(list) { return this.lists[list].length > 0 }
  newest(list) { return this.lists[list].at(-1) }

  // A move by hand: what was undone before it cannot be done again.
  made(move) { this.lists = { done: [...this.lists.done, move].slice(-MOST), undone: [] } }

  // The newest of one list was turned back, and stands in the other.
  turned(from, to, move) {
    const lists = this.lists
    lists[from].pop()
    lists[to].push(move)
    this.lists = lists
  }

  // Somebody else moved it meanwhile: it cannot be turned back any more.
  drop(list) { const lists = this.lists; lists[list].pop(); this.lists = lists }
}
