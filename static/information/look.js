// Shows how a page looks while it is typed, a moment after the last letter. Without this script a button does the same.
const SOON = 500 // milliseconds
const PATIENCE = 20000 // until no answer counts as no network

const form = document.querySelector('.writing')
let timer, turn = 0

async function look() {
  const mine = ++turn, body = new FormData(form)
  body.set('act', 'preview')
  const answer = await fetch(form.action, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
  if (!answer?.ok || mine !== turn) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const old of form.querySelectorAll('[data-look]')) {
    const fresh = page.querySelector(`[data-look="${CSS.escape(old.dataset.look)}"]`)
    if (fresh) old.replaceChildren(...document.adoptNode(fresh).childNodes)
  }
}

form.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(look, SOON)
})
