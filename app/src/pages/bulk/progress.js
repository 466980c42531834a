// Shows how far a run is, and loads the page anew once it is somewhere else. Without script there is a link for that.
const bar = document.querySelector('#bulk-progress')
const words = document.querySelector('#bulk-words')
const state = bar?.dataset.state
const look = async () => {
  try {
    const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const now = page.querySelector('#bulk-progress')
    if (!answer.ok || now?.dataset.state !== state) return location.reload()
    bar.max = now.max
    bar.value = now.value
    const said = page.querySelector('#bulk-words').textContent
    if (words.textContent !== said) words.textContent = said
  } catch {
    // The server is away for a moment; the run goes on when it is back.
  }
  setTimeout(look, 700)
}
if (bar) setTimeout(look, 400)
