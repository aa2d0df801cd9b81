// Says every 15 seconds that this form is open, and shows who else is there.
import { failed, post, renewToken, say } from "./autosave.js"

const panel = document.querySelector(".writing[data-presence]")
const form = panel?.closest("form")
const takeOver = panel?.querySelector(".take-over")
let typed = false
let held = false
let away = false

function body(more = {}) {
  const data = new FormData()
  for (const name of ["csrfmiddlewaretoken", "version_token"]) {
    const field = form.querySelector(`[name=${name}]`)
    if (field) data.append(name, field.value)
  }
  for (const name in more) data.append(name, more[name])
  return data
}

function show({ others, holds, newer }) {
  const list = panel.querySelector(".others")
  const drawn = JSON.stringify(others)
  if (list.dataset.drawn !== drawn) {
    list.dataset.drawn = drawn
    list.replaceChildren(
      ...others.map(({ state, text }) => Object.assign(document.createElement("li"), { className: `present-${state}`, textContent: text })),
    )
  }
  takeOver.hidden = holds || !others.some((other) => other.holds)
  if (held && !holds && others.some((other) => other.holds)) say(panel.dataset.taken)
  else if (newer) say(newer)
  held = holds
}

async function beat() {
  if (away) return
  const sent = typed
  typed = false
  try {
    show(await post(panel.dataset.presence, body(sent ? { typed: "1" } : {})))
  } catch (reason) {
    typed ||= sent
    await failed(reason)
  }
}

if (panel) {
  form.addEventListener("input", () => (typed = true))
  // Saving while signed out would lose the page to the sign-in: ask first, and stay.
  form.addEventListener("submit", (event) => {
    if (form.dataset.asked) return
    event.preventDefault()
    const button = event.submitter
    renewToken()
      .catch(() => true) // no network: let the browser say so itself
      .then((signedIn) => {
        if (!signedIn) return form.dispatchEvent(new Event("desk:stayed")), say(panel.dataset.signedOut)
        form.dataset.asked = "1"
        form.requestSubmit(button)
      })
  })
  window.addEventListener("pageshow", () => ((away = false), delete form.dataset.asked))
  window.addEventListener("pagehide", () => {
    away = true
    navigator.sendBeacon(panel.dataset.presence, body({ left: "1" }))
  })
  beat()
  setInterval(beat, 15000)
}
