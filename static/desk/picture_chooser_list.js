// The pictures in the chooser: searched as one types, walked through with the arrow keys, older ones on demand.
import { ask, dialog, excuse } from "./picture_chooser_facts.js"

const DELAY = 250
const search = dialog?.querySelector("[type=search]")
const list = dialog?.querySelector(".choices")
const cards = () => [...list.querySelectorAll(".choice")]
let timer, asked

export const say = (text) => (dialog.querySelector(".chooser-said").textContent = text)

// Pictures (a document fragment) into the list; one of all may be reached by Tab, the others by arrows from there.
function put(pictures, place) {
  list[place](pictures)
  if (!list.querySelector('[tabindex="0"]')) cards()[0]?.setAttribute("tabindex", 0)
  dialog.dispatchEvent(new Event("choices:new"))
}

async function find(before = "") {
  clearTimeout(timer)
  const mine = (asked = Symbol("question"))
  list.ariaBusy = true
  try {
    const found = await ask(new URLSearchParams({ q: search.value, ...(before && { before }) }))
    if (mine !== asked) return // another question was asked meanwhile
    say("")
    if (before) list.querySelector(".choices-more").remove()
    put(found, before ? "append" : "replaceChildren")
    list.ariaBusy = false
  } catch (reason) {
    if (mine === asked) say(excuse(reason))
  }
}

export function startAgain() {
  search.value = ""
  list.replaceChildren()
  find()
}

// Those of these keys before what is there: they were just uploaded, or turned out to be there already.
export async function putFirst(keys) {
  for (const card of cards()) if (keys.includes(card.dataset.key)) card.parentElement.remove()
  put(await ask(new URLSearchParams(keys.map((key) => ["picture", key]))), "prepend")
  go(0)
}

function go(place) {
  const all = cards()
  for (const card of all) card.tabIndex = card === all[place] ? 0 : -1
  all[place]?.focus()
}

async function older(button) {
  const last = cards().length
  await find(button.dataset.before)
  if (cards().length > last) go(last)
}

const columns = () => getComputedStyle(list).gridTemplateColumns.split(" ").length
const STEPS = { ArrowRight: () => 1, ArrowLeft: () => -1, ArrowDown: columns, ArrowUp: () => -columns() }

list?.addEventListener("keydown", (event) => {
  const now = cards().indexOf(event.target)
  const last = cards().length - 1
  if (now < 0 || !(event.key in STEPS || event.key === "Home" || event.key === "End")) return
  event.preventDefault()
  const next = event.key === "Home" ? 0 : event.key === "End" ? last : now + STEPS[event.key]()
  if (next < 0) search.focus()
  else go(Math.min(next, last))
})
list?.addEventListener("click", ({ target }) => target.dataset.before && older(target))
search?.addEventListener("input", () => (clearTimeout(timer), (timer = setTimeout(find, DELAY))))
search?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return
  event.preventDefault()
  if (event.key === "Enter") find().then(() => go(0))
  else go(0)
})
