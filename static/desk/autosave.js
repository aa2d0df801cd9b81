// What is typed is kept on the server every few seconds, for its writer alone. Never a save of the story.
const panel = document.querySelector(".writing")
const form = panel?.closest("form")
const state = panel?.querySelector(".writing-state")
const DELAY = 3000
const local = form && `newsroom:${panel.dataset.user}:${location.pathname}`
let timer, busy, again

export const say = (text) => {
  if (state && state.textContent !== text) state.textContent = text
}

// Signed out, the answer is a page and not ours.
const isOurs = (response) => response.headers.get("Content-Type")?.startsWith("application/json")

export async function post(url, body) {
  const response = await fetch(url, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } })
  return response.ok && isOurs(response) ? response.json() : Promise.reject(response)
}

// After signing in again in another window the form's token is an old one: ask for the new.
export async function renewToken() {
  const response = await fetch(panel.dataset.session, { redirect: "manual", headers: { Accept: "application/json" } })
  if (!response.ok || !isOurs(response)) return false
  const { token } = await response.json()
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token
  return true
}

export async function failed(reason) {
  if (!(reason instanceof Response)) return say(panel.dataset.offline)
  if (reason.status === 413 && isOurs(reason)) return say((await reason.json()).error)
  const renewed = await renewToken().catch(() => false)
  say(renewed ? "" : panel.dataset.signedOut)
}

async function keep() {
  if (busy) return void (again = true)
  busy = true
  const typed = new FormData(form)
  try {
    say((await post(panel.dataset.autosave, typed)).said)
    localStorage.removeItem(local)
  } catch (reason) {
    const texts = [...typed].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken")
    localStorage.setItem(local, JSON.stringify(texts))
    await failed(reason)
    again = true
  }
  busy = false
  if (again) timer = setTimeout(keep, DELAY * 2)
  again = false
}

const soon = (event) => {
  if (event.target.closest?.("[data-not-typed]")) return
  clearTimeout(timer)
  timer = setTimeout(keep, DELAY)
}

// What could not be sent when the window closed is handed in now, and offered as the rest is.
async function handIn() {
  const texts = JSON.parse(localStorage.getItem(local) || "null")
  if (!texts) return
  const typed = new FormData()
  for (const [name, value] of texts) typed.append(name, value)
  typed.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value)
  await post(panel.dataset.autosave, typed)
  localStorage.removeItem(local)
  location.reload()
}

if (form) {
  handIn().catch(() => {})
  form.addEventListener("input", soon)
  form.addEventListener("change", soon)
  form.addEventListener("submit", () => clearTimeout(timer))
}
