// A reader may hide an announcement in this browser; in other words it comes back. Without this it just stays.
const hidden = key => { try { return localStorage.getItem(`announced ${key}`) } catch { return null } }
for (const one of document.querySelectorAll('[data-announced]')) {
  if (hidden(one.dataset.announced)) one.hidden = true
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn bare'
  button.textContent = one.dataset.hide
  button.addEventListener('click', () => {
    one.hidden = true
    try { localStorage.setItem(`announced ${one.dataset.announced}`, '1') } catch { /* then it is there again on the next page */ }
    document.querySelector('main').setAttribute('tabindex', '-1')
    document.querySelector('main').focus()
  })
  one.querySelector('.bar').append(button)
}
